import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { fieldOf, type JsonValue, objectOf } from "../../../model";
import { extraKeyOf, MASKED } from "./airflow-fields";
import type {
  AstroType,
  DecodedFields,
  EncodedFields,
  FieldsToDecode,
  FieldsToEncode,
} from "./astro-type";
import { encodeFreeFields, splitSecret } from "./free-fields";
import { markedSecrets } from "./mark";

/** Any type of Airflow, with Airflow's own fields. */
export const generic: AstroType = {
  name: "generic",
  airflowTypeOf: (config) => String(fieldOf(config, "conn_type") ?? ""),
  encode,
  decode,
  isSecretPath: (path) => path === "password",
};

function encode({ config, secrets, parent }: FieldsToEncode): EncodedFields {
  const isOverride = parent !== undefined;
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const plainAt = isOverride ? "overrides" : "config";
  const secretAt = isOverride ? "override_secrets" : "secrets";
  const setMembers = (value: JsonValue, at: readonly string[]) => {
    faults.push(
      ...encodeFreeFields({
        value,
        at,
        patch,
        fieldOfKey: () => undefined,
        parent,
        taken: new Set(patch.keys()),
      }),
    );
  };
  for (const [field, value] of Object.entries(config)) {
    if (field === "extra") setMembers(value, [plainAt, field]);
    else if (field !== "conn_type") patch.set(field, value);
    else if (isOverride)
      faults.push(
        errorDiagnostic({
          code: "unsupported",
          path: [plainAt, field],
          detail:
            "A deployment sees the connection's own type. Remove conn_type from the overrides.",
        }),
      );
  }
  for (const [field, value] of Object.entries(secrets ?? {})) {
    if (field === "secret_extra") setMembers(value, [secretAt, field]);
    else patch.set(field, value);
  }
  return { patch, faults };
}

function decode({
  airflowType,
  view,
  parent,
  known,
}: FieldsToDecode): DecodedFields {
  const marked = markedSecrets([view, parent]);
  const config: [string, JsonValue][] =
    airflowType === undefined ? [] : [["conn_type", airflowType]];
  const secretFields: string[] = [];
  const extra: [string, JsonValue][] = [];
  for (const [path, value] of view) {
    const key = extraKeyOf(path);
    if (key === undefined) {
      if (path !== "password" && value !== MASKED) config.push([path, value]);
      else if (value !== null) secretFields.push(path);
      continue;
    }
    const name = `secret_extra.${key}`;
    if (value === MASKED) {
      secretFields.push(name);
      continue;
    }
    const parts = splitSecret(name, value, [
      ...(known?.secretFields ?? []),
      ...(marked.has(key) ? [name] : []),
    ]);
    secretFields.push(...parts.names);
    if (parts.plain !== undefined) extra.push([key, parts.plain]);
  }
  if (extra.length > 0) config.push(["extra", objectOf(extra)]);
  return { config: objectOf(config), secretFields: secretFields.sort() };
}

import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import {
  fieldOf,
  formatConnectionKey,
  formatOwner,
  invalid,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  parseConnectionKey,
  type StateMove,
  valid,
  escapeName,
} from "../../model";
import { viewOfConnection } from "./types/airflow-fields";
import { shownAs } from "./types/translation";

/**
 * `astro_environment_object` of the provider astronomer/astro, where it is a
 * connection. Its state names workspace and deployment by id, so the owner is
 * one by id, too. Secrets are not taken over: they are sent by the next apply.
 */
export const environmentObjectMove: StateMove = {
  sourceProvider: "astronomer/astro",
  sourceType: "astro_environment_object",
  targetType: "patchbay_connection",
  convert(source) {
    if (text(source, "object_type") !== "CONNECTION")
      return invalid(
        refused(
          `It is of the type ${text(source, "object_type") ?? "(none)"}; only environment objects of the type CONNECTION are connections. Keep it where it is.`,
        ),
      );
    const scope =
      text(source, "scope") === "DEPLOYMENT" ? "deployment" : "workspace";
    const key = parseConnectionKey(
      `${scope}/${text(source, "scope_entity_id") ?? ""}/${escapeName(text(source, "object_key") ?? "")}`,
    );
    if (!key.ok) return key;
    const extra = extraOf(source);
    if (extra === undefined)
      return invalid(refused("Its extra is not the JSON of an object."));
    const shown: Record<string, JsonValue> = { extra };
    for (const name of ["host", "port", "schema", "login"])
      shown[name] = fieldOf(source, name) ?? null;
    const excluded = excludedDeployments(source);
    const { type, decoded } = shownAs(
      text(source, "type") ?? "",
      viewOfConnection(shown, []),
      undefined,
    );
    return valid({
      id: formatConnectionKey(key.value),
      name: key.value.name,
      type: type.name,
      owner: formatOwner(key.value.owner),
      description: text(source, "description") ?? null,
      config: decoded.config,
      auto_link: fieldOf(source, "auto_link_deployments") === true,
      // Ids, until the next reading gives their names.
      ...(excluded.length > 0 && { auto_link_except: excluded }),
      platform_id: text(source, "id") ?? null,
    });
  },
};

function excludedDeployments(source: JsonObject): readonly string[] {
  const excluded = fieldOf(source, "exclude_links");
  if (!isList(excluded)) return [];
  return excluded.flatMap((one) => {
    const id = isObject(one) ? text(one, "scope_entity_id") : undefined;
    return id === undefined ? [] : [id];
  });
}

/** The state holds it as JSON text. */
function extraOf(source: JsonObject): JsonObject | undefined {
  const json = text(source, "extra") ?? "{}";
  try {
    const extra = JSON.parse(json) as JsonValue;
    return isObject(extra) ? extra : undefined;
  } catch {
    return undefined;
  }
}

function text(source: JsonObject, field: string): string | undefined {
  const value = fieldOf(source, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function refused(reason: string): Diagnostic {
  return errorDiagnostic({
    code: "move_refused",
    detail: `The astro_environment_object cannot become a patchbay_connection. ${reason} Nothing was changed.`,
  });
}

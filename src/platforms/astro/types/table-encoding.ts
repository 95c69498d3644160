import { isSecretField, tryFindConnectionType } from "../../../catalog";
import {
  type Diagnostic,
  type DiagnosticCode,
  errorDiagnostic,
} from "../../../diagnostics";
import {
  equalValues,
  fieldOf,
  isObject,
  isSpellingOf,
  type JsonObject,
  type JsonValue,
} from "../../../model";
import { extraKeyOf, extraPath } from "./airflow-fields";
import type { EncodedFields, FieldsToEncode } from "./astro-type";
import {
  encodeFreeFields,
  freeFields,
  oneByOne,
  pathOfKey,
} from "./free-fields";
import { lostMembersFault } from "./lost-members";
import type { MembersPlace, TableTypeOptions } from "./table-type";

/** Says one fault of the field at hand; `key` is the member that it is about. */
type Fault = (
  detail: string,
  options?: { readonly code?: DiagnosticCode; readonly key?: string },
) => void;

/** A table type's fields as Airflow has them. */
export function encodeTable(
  type: TableTypeOptions,
  { config, secrets, parent }: FieldsToEncode,
): EncodedFields {
  const patch = new Map<string, JsonValue>();
  const faults: Diagnostic[] = [];
  const isOverride = parent !== undefined;
  const parts = [
    { given: config, at: isOverride ? "overrides" : "config" },
    { given: secrets ?? {}, at: isOverride ? "override_secrets" : "secrets" },
  ];
  for (const { given, at } of parts) {
    for (const [field, value] of freeFieldsLast(given)) {
      const fault: Fault = (detail, { code = "unsupported", key } = {}) =>
        faults.push(
          errorDiagnostic({
            code,
            path: [at, field, ...(key === undefined ? [] : [key])],
            detail,
          }),
        );
      const place = fieldOf(type.fields, field);
      if ((freeFields as readonly string[]).includes(field)) {
        faults.push(
          ...encodeFreeFields({
            value,
            at: [at, field],
            patch,
            fieldOfKey: (key) => fieldOfKey(type, key),
            parent,
            taken: new Set(patch.keys()),
          }),
        );
      } else if (type.members !== undefined && isMembers(type.members, field)) {
        encodeMembers({
          type,
          members: type.members,
          field,
          value,
          patch,
          fault,
        });
      } else if (place === undefined) {
        faultOfPlaceless({ type, field, value, isOverride, fault });
      } else if (value === null) {
        const standard = isOverride ? defaultOf(type, field) : undefined;
        // Another secret may have come to the same place before.
        if (standard === undefined)
          patch.set(place.path, patch.get(place.path) ?? null);
        else fault(removedDefault(field, standard));
      } else {
        const encoded = place.encode?.(value) ?? value;
        const lost = lostMembersFault({
          path: [at, field],
          stored: parent?.get(place.path),
          override: isOverride ? encoded : undefined,
        });
        if (lost !== undefined) faults.push(lost);
        patch.set(place.path, encoded);
      }
    }
  }
  if (!isOverride) writeDefaults(type, config, patch);
  return { patch, faults };
}

/** A key that has a field of its own is told of there. */
function freeFieldsLast(
  given: JsonObject,
): readonly (readonly [string, JsonValue])[] {
  const isFree = ([field]: readonly [string, JsonValue]) =>
    (freeFields as readonly string[]).includes(field);
  const all = Object.entries(given);
  return [...all.filter((one) => !isFree(one)), ...all.filter(isFree)];
}

/** The field that is kept under the key of extra, or that the key is another spelling of. */
function fieldOfKey(type: TableTypeOptions, key: string): string | undefined {
  const path = pathOfKey(key);
  const owner = Object.entries(type.fields).find(
    ([field, place]) =>
      place.path === path ||
      isSpellingOf(key, field) ||
      isSpellingOf(key, extraKeyOf(place.path) ?? field),
  );
  return owner?.[0];
}

/** Where Airflow would do something else without a field, the catalogue's default is written. */
function writeDefaults(
  type: TableTypeOptions,
  config: JsonObject,
  patch: Map<string, JsonValue>,
): void {
  for (const [field, { path, encode, unset }] of Object.entries(type.fields)) {
    if (unset === undefined || (fieldOf(config, field) ?? null) !== null)
      continue;
    const standard = defaultOf(type, field);
    if (standard !== undefined) patch.set(path, encode?.(standard) ?? standard);
  }
}

function defaultOf(
  { name }: TableTypeOptions,
  field: string,
): JsonValue | undefined {
  const fields = tryFindConnectionType(name)?.schema.properties ?? {};
  return fieldOf(fields, field)?.default;
}

/** An empty value stands for "without", which is not the default everywhere, and of a port means 0. */
function removedDefault(field: string, standard: JsonValue): string {
  return `On Astro, an override cannot take ${field} back to its default. Write the default out:\n\n  ${field} = ${JSON.stringify(standard)}`;
}

function faultOfPlaceless(options: {
  readonly type: TableTypeOptions;
  readonly field: string;
  readonly value: JsonValue;
  readonly isOverride: boolean;
  readonly fault: Fault;
}): void {
  const { type, field, value, isOverride, fault } = options;
  const reason = fieldOf(type.unsupported ?? {}, field);
  const fixed = fieldOf(type.fixed ?? {}, field);
  const standard = defaultOf(type, field);
  if (reason !== undefined)
    fault(`Astro cannot hold the field ${field} of ${type.name}. ${reason}`);
  else if (fixed === undefined || standard === undefined)
    fault(`The field ${field} is none that ${type.name} has on Astro.`, {
      code: "unknown_field",
    });
  else if (isOverride)
    fault(
      `On Astro, ${field} is ${JSON.stringify(standard)} in every deployment, so it cannot be overridden. Remove it from the overrides.`,
    );
  else if (!equalValues(value, standard))
    fault(
      `On Astro, ${field} of ${type.name} is always ${JSON.stringify(standard)}. ${fixed}`,
    );
}

function isMembers({ field, secret }: MembersPlace, name: string): boolean {
  return name === field || name === secret?.field;
}

function encodeMembers(options: {
  readonly type: TableTypeOptions;
  readonly members: MembersPlace;
  readonly field: string;
  readonly value: JsonValue;
  readonly patch: Map<string, JsonValue>;
  readonly fault: Fault;
}): void {
  const { type, members, field, value, patch, fault } = options;
  if (!isObject(value)) {
    fault(oneByOne(field));
    return;
  }
  const secretKeys = members.secret?.keys ?? [];
  const isSecret = field === members.secret?.field;
  for (const [key, member] of Object.entries(value)) {
    const owner = Object.entries(type.fields).find(
      ([, { path }]) => path === extraPath(key),
    )?.[0];
    const reason = members.reserved?.(key);
    const name = JSON.stringify(key);
    if (owner !== undefined)
      fault(
        `On Astro, ${name} is where the field ${owner} is kept. Use ${owner}${isSecretField(type.name, [owner]) ? ", among the secrets," : ""} in place of this member.`,
        { key },
      );
    else if (isSecret && !secretKeys.includes(key))
      fault(
        `Astro cannot keep ${name} secret as a member of ${field}. These can be: ${secretKeys.join(", ")}.`,
        { key },
      );
    else if (reason !== undefined) fault(reason, { key });
    else if (!isSecret && secretKeys.includes(key))
      fault(
        `${name} is a secret. Move it to ${String(members.secret?.field)}, among the secrets.`,
        { key },
      );
    else if (patch.has(extraPath(key)))
      fault(
        "Astro keeps it in Airflow's extra, where this key is given already. Remove one of the two.",
        { key },
      );
    else patch.set(extraPath(key), member);
  }
}

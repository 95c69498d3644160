import { checkFields } from "../../../catalog";
import { hasErrors } from "../../../diagnostics";
import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  objectOf,
  type ShownFields,
  valueAt,
} from "../../../model";
import { splitMasked, type VisibleFields } from "../masked";
import type { PipesType } from "./pipes-type";
import { NATIVE_PREFIX } from "./plugin-name";
import {
  fieldOfArgument,
  pluginOf,
  translated,
  tryFindType,
  typeFaults,
} from "./translation";

/** What is stored, as Pipes shows it. */
export interface StoredConnection {
  /** Without its publisher where that is Turbot. */
  readonly plugin: string;
  readonly config: JsonObject;
}

/**
 * What is stored, as it is declared or remembered, wherever that is the same
 * plugin; else as the first type of the catalogue that can hold everything that
 * is there, or as the native one.
 */
export function shownAs(
  { plugin, config }: StoredConnection,
  known: KnownAs | undefined,
): ShownFields {
  const visible = splitMasked(config);
  const type = known?.type;
  if (known !== undefined && type !== undefined && pluginOf(type) === plugin)
    return decoded(type, visible, known);
  for (const one of translated) {
    if (one.plugin !== plugin) continue;
    const fields = decoded(one.type, visible, undefined);
    if (isDeclarable(fields)) return fields;
  }
  return decoded(NATIVE_PREFIX + plugin, visible, undefined);
}

function decoded(
  type: string,
  visible: VisibleFields,
  known: KnownAs | undefined,
): ShownFields {
  const translation = tryFindType(type);
  const { config, masked } =
    translation === undefined
      ? { config: visible.plain, masked: visible.masked }
      : inCatalogue(translation, visible);
  // What is declared as plain is no secret, and cannot be told from what is there.
  const kept = masked.flatMap((path) => {
    const value = valueAt(known?.config, plainPathOf(path)) ?? undefined;
    return value === undefined ? [] : [{ path, value }];
  });
  const names = masked
    .filter((path) => !kept.some((one) => one.path === path))
    .map((path) => path.join("."));
  return {
    type,
    config: kept.reduce(
      (fields, { path, value }) => withValue(fields, path, value),
      config,
    ),
    secretFields:
      names.length === 0
        ? undefined
        : // Those that are not shown at all are not gone: Pipes may tell of some only.
          [...new Set([...names, ...(known?.secretFields ?? [])])].sort(),
  };
}

/** The catalogue's names; what the type has no field for is extra, and secret_extra where it is masked. */
function inCatalogue(
  type: PipesType,
  { plain, masked }: VisibleFields,
): {
  readonly config: JsonObject;
  readonly masked: readonly (readonly string[])[];
} {
  const fields: [string, JsonValue][] = [];
  const extra: [string, JsonValue][] = [];
  const hidden: (readonly string[])[] = [];
  for (const [argument, value] of Object.entries(plain)) {
    const field = fieldOfArgument(type, argument);
    if (field === undefined) extra.push([argument, value]);
    else if (field.isSecret) hidden.push([field.name]);
    else fields.push([field.name, value]);
  }
  for (const [argument = "", ...rest] of masked) {
    const field = fieldOfArgument(type, argument);
    hidden.push(
      field === undefined
        ? ["secret_extra", argument, ...rest]
        : [field.name, ...rest],
    );
  }
  if (extra.length > 0) fields.push(["extra", objectOf(extra)]);
  return { config: objectOf(fields), masked: hidden };
}

function isDeclarable({ type, config }: ShownFields): boolean {
  const faults = [
    ...checkFields({
      type,
      config,
      secrets: undefined,
      secretsPath: "secrets",
      secretsComplete: false,
    }),
    ...typeFaults({ type, config }),
  ];
  return !hasErrors(faults);
}

/** Of what is masked in no field of its own, what is declared as plain stands under extra. */
function plainPathOf([field = "", ...rest]: readonly string[]) {
  return [field === "secret_extra" ? "extra" : field, ...rest];
}

function withValue(
  fields: JsonObject,
  path: readonly string[],
  value: JsonValue,
): JsonObject {
  const [field = "", ...rest] = plainPathOf(path);
  const there = fieldOf(fields, field);
  return objectOf<JsonValue>([
    ...Object.entries(fields).filter(([name]) => name !== field),
    [
      field,
      rest.length === 0
        ? value
        : withValue(isObject(there) ? there : objectOf([]), rest, value),
    ],
  ]);
}

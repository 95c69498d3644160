import { checkFields, tryFindConnectionType } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  fieldOf,
  invalid,
  type JsonObject,
  objectOf,
  parseConnectionTypeName,
  valid,
} from "../../../model";
import {
  type AirflowPatch,
  type AirflowView,
  viewOfWrittenConnection,
  viewOfWrittenOverrides,
} from "./airflow-fields";
import type { AstroType, DecodedFields, FieldsToEncode } from "./astro-type";
import { readBackFaults } from "./read-back";
import { GENERIC_MARK, nativeType, translatedTypes } from ".";

/** The translation of a declared type; undefined where there is none. */
export function tryTypeNamed(name: string): AstroType | undefined {
  const parsed = parseConnectionTypeName(name);
  if (parsed.kind === "catalogue")
    return translatedTypes.find((type) => type.name === name);
  return parsed.platform === "astro" && parsed.name !== ""
    ? nativeTypeOf(parsed.name)
    : undefined;
}

/**
 * The type that what is stored is shown as: the catalogue's where its fields can
 * say everything that is there and its rules allow it, else the native one.
 * Nothing but what is stored decides, so that everybody sees the same.
 */
export function typeOfStored(
  airflowType: string,
  view: AirflowView,
): { readonly type: AstroType; readonly decoded: DecodedFields } {
  for (const type of translatedTypes) {
    if (!type.accepts(airflowType, view)) continue;
    const decoded = type.decode({ airflowType, view });
    if (decoded.rest.length === 0 && isDeclarable(type, decoded))
      return { type, decoded };
  }
  const type = nativeTypeOf(airflowType);
  return { type, decoded: type.decode({ airflowType, view }) };
}

/** Whatever it is shown as, the secrets in extra stay secrets. */
function nativeTypeOf(airflowType: string): AstroType {
  const translated = translatedTypes.filter((type) =>
    type.accepts(airflowType, new Map()),
  );
  return nativeType(airflowType, (path) =>
    translated.some((type) => type.isSecretPath(path, [])),
  );
}

/** Two hosts, or no login: Airflow takes more than the catalogue's types. What is marked as generic stays that. */
function isDeclarable({ name }: AstroType, { config }: DecodedFields): boolean {
  return (
    name === "generic" ||
    checkFields({
      type: name,
      config,
      secrets: undefined,
      secretsPath: "secrets",
      secretsComplete: false,
    }).length === 0
  );
}

export interface DeclaredFields {
  readonly type: string;
  readonly config: JsonObject;
  /** Undefined are not looked at: they may be there already. */
  readonly secrets: JsonObject | undefined;
}

export interface EncodedConnection {
  readonly type: AstroType;
  readonly patch: AirflowPatch;
}

/**
 * A declared connection as Airflow has it, or everything that Airflow cannot hold
 * or Astro would not show again as declared. `current` is what is there now.
 */
export function encodeConnection(
  declared: DeclaredFields,
  current?: AirflowView,
): Checked<EncodedConnection> {
  const type = tryTypeNamed(declared.type);
  if (type === undefined) return invalid(unknownType(declared.type));
  const { config, secrets } = declared;
  const { patch, faults } = type.encode({ config, secrets, current });
  if (faults.length > 0) return invalid(...faults);
  const airflowType = type.airflowTypeOf(config);
  const view = viewOfWrittenConnection(patch);
  const better = betterType({ type, airflowType, view, secrets });
  if (better !== undefined)
    return invalid(declareAs(better, airflowType, view));
  const unlike = readBackFaults({
    type,
    declared: { config, secrets },
    shown: type.decode({ airflowType, view }),
    isOverride: false,
  });
  return unlike.length > 0 ? invalid(...unlike) : valid({ type, patch });
}

export interface OverridesToEncode extends FieldsToEncode {
  readonly parent: AirflowView;
  /** Whether `parent` is what is stored, secrets included, and not what is planned. */
  readonly parentIsStored: boolean;
}

/** The same of overrides of a connection of the type. */
export function encodeOverrides(
  type: AstroType,
  fields: OverridesToEncode,
): Checked<AirflowPatch> {
  const { config, secrets, parent, parentIsStored } = fields;
  const { patch, faults } = type.encode(fields);
  if (faults.length > 0) return invalid(...faults);
  const unlike = readBackFaults({
    type,
    // Which secret it is may depend on those that the connection has.
    declared: { config, secrets: parentIsStored ? secrets : undefined },
    shown: type.decode({
      airflowType: "",
      view: viewOfWrittenOverrides(patch),
      parent,
    }),
    isOverride: true,
  });
  return unlike.length > 0 ? invalid(...unlike) : valid(patch);
}

function unknownType(name: string): Diagnostic {
  return errorDiagnostic({
    code: "unknown_type",
    path: ["type"],
    detail: `${JSON.stringify(name)} is no type that Astro can hold. It holds: ${translatedTypes.map((type) => type.name).join(", ")}; any other of Airflow's as "astro:TYPE".`,
  });
}

/**
 * Two declared types may come to the same stored one; only the one that it is
 * read back as can be declared. The type generic is for what no other can hold.
 */
function betterType(options: {
  readonly type: AstroType;
  readonly airflowType: string;
  readonly view: AirflowView;
  readonly secrets: JsonObject | undefined;
}): AstroType | undefined {
  const { type, airflowType, view, secrets } = options;
  if (type.name !== "generic") {
    const shown = typeOfStored(airflowType, view).type;
    return shown.name === type.name ? undefined : shown;
  }
  const unmarked = withoutMark(view);
  const isClaimed = translatedTypes.some(
    (other) => other !== type && other.accepts(airflowType, unmarked),
  );
  if (!isClaimed || secrets === undefined) return undefined;
  const shown = typeOfStored(airflowType, unmarked).type;
  const keepsSecrets = fieldOf(secrets, "secret_extra") !== undefined;
  return shown.name.startsWith("astro:") && keepsSecrets ? undefined : shown;
}

function declareAs(
  better: AstroType,
  airflowType: string,
  view: AirflowView,
): Diagnostic {
  const { config, secretFields } = better.decode({
    airflowType,
    view: withoutMark(view),
  });
  const secrets = [
    ...new Set(secretFields.map((path) => path.split(".")[0] ?? "")),
  ];
  const lines = [
    `type   = ${JSON.stringify(better.name)}`,
    `config = ${outline(better.name, config)}`,
    ...(secrets.length > 0
      ? [
          `secrets_wo = ${outline(better.name, objectOf(secrets.map((field) => [field, ""])))}`,
        ]
      : []),
  ];
  return errorDiagnostic({
    code: "unsupported",
    path: ["type"],
    detail: `On Astro, a connection of Airflow's type ${JSON.stringify(airflowType)} with these fields is one of the type ${better.name}. Declare it as that:\n\n${lines.map((line) => `  ${line}`).join("\n")}`,
  });
}

function withoutMark(view: AirflowView): AirflowView {
  return new Map([...view].filter(([path]) => path !== GENERIC_MARK));
}

/** The fields, with the values of those that are one of a few: others may be long, or not for everybody. */
function outline(type: string, fields: JsonObject): string {
  const schemas = tryFindConnectionType(type)?.schema.properties ?? {};
  const shown = Object.entries(fields).map(([field, value]) => {
    const isPlain =
      fieldOf(schemas, field)?.enum !== undefined ||
      typeof value === "number" ||
      typeof value === "boolean";
    return `${field} = ${isPlain ? JSON.stringify(value) : "…"}`;
  });
  return `{ ${shown.join(", ")} }`;
}

import { checkFields } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  invalid,
  type JsonObject,
  type KnownAs,
  leafPaths,
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
import { generic } from "./generic";
import { isMarked, MARK, markedSecrets } from "./mark";
import { readBackFaults } from "./read-back";
import { nativeType, translatedTypes } from "./index";

/** The translation of a declared type; undefined where there is none. */
export function tryTypeNamed(name: string): AstroType | undefined {
  const parsed = parseConnectionTypeName(name);
  if (parsed.kind === "catalogue")
    return translatedTypes.find((type) => type.name === name);
  return parsed.platform === "astro" && parsed.name !== ""
    ? nativeTypeOf(parsed.name)
    : undefined;
}

export interface ShownConnection {
  readonly type: AstroType;
  readonly decoded: DecodedFields;
}

/**
 * What is stored, as it is declared or remembered, wherever Airflow has that
 * type under the same name; else as the first type of the catalogue that can
 * say everything that is there, or as the native one.
 */
export function shownAs(
  airflowType: string,
  view: AirflowView,
  known: KnownAs | undefined,
): ShownConnection {
  const declared = known?.type && tryTypeNamed(known.type);
  if (declared && isStoredUnder(declared, airflowType, known))
    return {
      type: declared,
      decoded: declared.decode({ airflowType, view, known }),
    };
  if (isMarked(view)) return asMarked(airflowType, view);
  for (const type of translatedTypes) {
    if (type.airflowTypeOf(objectOf([])) !== airflowType) continue;
    const decoded = type.decode({ airflowType, view });
    if (isDeclarable(type, decoded)) return { type, decoded };
  }
  const type = nativeTypeOf(airflowType);
  return { type, decoded: type.decode({ airflowType, view }) };
}

/** What Airflow calls a declared type; undefined where there is none. */
export function storedTypeOf(
  name: string,
  config: JsonObject,
): string | undefined {
  const stored = tryTypeNamed(name)?.airflowTypeOf(config);
  return stored === "" ? undefined : stored;
}

function isStoredUnder(
  type: AstroType,
  airflowType: string,
  { config }: KnownAs,
): boolean {
  const wanted = type.airflowTypeOf(config);
  // Where only the type is known, generic can be any of Airflow's.
  return wanted === airflowType || wanted === "";
}

function asMarked(airflowType: string, view: AirflowView): ShownConnection {
  const unmarked = new Map([...view].filter(([path]) => path !== MARK));
  const secretFields = [...markedSecrets([view])].map(
    (key) => `secret_extra.${key}`,
  );
  const known = {
    type: generic.name,
    config: objectOf<never>([]),
    secretFields,
  };
  return {
    type: generic,
    decoded: generic.decode({ airflowType, view: unmarked, known }),
  };
}

/** Whatever it is shown as, what the catalogue's type keeps as a secret in extra is one. */
function nativeTypeOf(airflowType: string): AstroType {
  const translated = translatedTypes.filter(
    (type) => type.airflowTypeOf(objectOf([])) === airflowType,
  );
  return nativeType(airflowType, (path) =>
    translated.some((type) => type.isSecretPath(path)),
  );
}

/** Two hosts, or no login: Airflow takes more than the catalogue's types. */
function isDeclarable(type: AstroType, { config }: DecodedFields): boolean {
  const faults = checkFields({
    type: type.name,
    config,
    secrets: undefined,
    secretsPath: "secrets",
    secretsComplete: false,
  });
  return (
    faults.length === 0 &&
    type.encode({ config, secrets: undefined }).faults.length === 0
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

/** A declared connection as Airflow has it, or everything that Airflow cannot hold or Astro would not show again as declared. */
export function encodeConnection(
  declared: DeclaredFields,
): Checked<EncodedConnection> {
  const type = tryTypeNamed(declared.type);
  if (type === undefined) return invalid(unknownType(declared.type));
  const { config, secrets } = declared;
  const { patch, faults } = type.encode({ config, secrets });
  if (faults.length > 0) return invalid(...faults);
  const unlike = readBackFaults({
    type,
    declared: { config, secrets },
    shown: type.decode({
      airflowType: type.airflowTypeOf(config),
      view: viewOfWrittenConnection(patch),
      known: declaredAs(type.name, config, secrets),
    }),
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
      airflowType: undefined,
      view: viewOfWrittenOverrides(patch),
      parent,
      known: declaredAs(type.name, config, secrets),
    }),
    isOverride: true,
  });
  return unlike.length > 0 ? invalid(...unlike) : valid(patch);
}

/** As what a declaration is shown again. */
export function declaredAs(
  type: string,
  config: JsonObject,
  secrets: JsonObject | undefined,
): KnownAs {
  return {
    type,
    config,
    secretFields: secrets === undefined ? [] : leafPaths(secrets),
  };
}

function unknownType(name: string): Diagnostic {
  return errorDiagnostic({
    code: "unknown_type",
    path: ["type"],
    detail: `${JSON.stringify(name)} is no type that Astro can hold. It holds: ${translatedTypes.map((type) => type.name).join(", ")}; any other of Airflow's as "astro:TYPE".`,
  });
}

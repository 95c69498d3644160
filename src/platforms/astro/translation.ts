import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { type JsonObject, parseConnectionTypeName } from "../../model";
import type { AirflowPatch, AirflowView } from "./airflow-fields";
import type { AstroType, DecodedFields } from "./astro-type";
import { nativeType, translatedTypes } from "./types";

/** The translation of a declared type. Rejects with `unknown_type`. */
export function typeNamed(name: string): AstroType {
  const parsed = parseConnectionTypeName(name);
  const found =
    parsed.kind === "native"
      ? parsed.platform === "astro" && parsed.name !== ""
        ? nativeType(parsed.name)
        : undefined
      : translatedTypes.find((type) => type.name === name);
  if (found !== undefined) return found;
  throw new PatchbayError({
    code: "unknown_type",
    path: ["type"],
    detail: `${JSON.stringify(name)} is no type that Astro can hold. It holds: ${translatedTypes.map((type) => type.name).join(", ")}; any other of Airflow's as "astro:TYPE".`,
  });
}

/**
 * The type that what is stored is shown as: the catalogue's where its fields can
 * say everything that is there, else the native one. Nothing but what is stored
 * decides, so that everybody sees the same.
 */
export function typeOfStored(
  airflowType: string,
  view: AirflowView,
): { readonly type: AstroType; readonly decoded: DecodedFields } {
  for (const type of translatedTypes) {
    if (!type.accepts(airflowType, view)) continue;
    const decoded = type.decode({ airflowType, view });
    if (decoded.rest.length === 0) return { type, decoded };
  }
  const type = nativeType(airflowType);
  return { type, decoded: type.decode({ airflowType, view }) };
}

/** A declared connection as Airflow has it. Rejects with everything that cannot be held. */
export function encodeConnection(
  declared: {
    readonly type: string;
    readonly config: JsonObject;
    readonly secrets: JsonObject | undefined;
  },
  current: AirflowView | undefined,
): { readonly type: AstroType; readonly patch: AirflowPatch } {
  const type = typeNamed(declared.type);
  const { config, secrets } = declared;
  const encoded = type.encode({ config, secrets, current });
  const faults = [
    ...(type.check?.(config) ?? []),
    ...(encoded.ok ? [] : encoded.diagnostics),
  ];
  if (faults.length > 0 || !encoded.ok) throw new PatchbayError(faults);
  requireSameType(type, type.airflowTypeOf(config), encoded.value);
  return { type, patch: encoded.value };
}

/** Two declared types may come to the same stored one; only the one that it is read back as can be declared. */
function requireSameType(
  type: AstroType,
  airflowType: string,
  patch: AirflowPatch,
): void {
  const shown = typeOfStored(airflowType, patch).type;
  const claimed =
    type.name === "generic"
      ? translatedTypes.find(
          (other) => other !== type && other.accepts(airflowType, new Map()),
        )
      : undefined;
  const better = claimed ?? (shown.name === type.name ? undefined : shown);
  if (better === undefined) return;
  throw new PatchbayError([
    errorDiagnostic({
      code: "unsupported",
      path: ["type"],
      detail: `On Astro, a connection of Airflow's type ${JSON.stringify(airflowType)} with these fields is one of the type ${better.name}. Declare it as that.`,
    }),
  ]);
}

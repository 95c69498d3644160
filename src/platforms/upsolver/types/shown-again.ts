/**
 * What a declaration would come back as. Whatever is not shown again as it was
 * declared would be a change in every plan, so it is refused.
 */
import { equalInMeaning } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import { tryFindCatalogueType } from "../options/catalogue-types";

export interface TypedFields {
  readonly type: string;
  readonly config: JsonObject;
}

/** The fields that are not shown as they are declared. */
export function shownOtherwise(
  declared: TypedFields,
  shown: TypedFields,
): readonly Diagnostic[] {
  const { type } = declared;
  if (shown.type !== type) {
    const address = tryFindCatalogueType(type)?.fields["CONNECTION_STRING"];
    return [
      errorDiagnostic({
        code: "invalid_field",
        path: ["config", ...(address === undefined ? [] : [address])],
        detail: `Upsolver would show this connection as one of type ${JSON.stringify(shown.type)}, so every plan would want to replace it. Look for a character that does not belong there, such as a bracket or a semicolon.`,
      }),
    ];
  }
  const names = new Set(
    [declared, shown].flatMap(({ config }) => Object.keys(config)),
  );
  return [...names].flatMap((name) => {
    const [wanted, seen] = [declared, shown].map(({ config }) =>
      fieldOf(config, name),
    );
    return equalInMeaning(
      type,
      fieldAlone(name, wanted),
      fieldAlone(name, seen),
    )
      ? []
      : [isShownOtherwise(name, wanted)];
  });
}

function isShownOtherwise(
  name: string,
  value: JsonValue | undefined,
): Diagnostic {
  const isEmpty =
    (isObject(value) && Object.keys(value).length === 0) ||
    (isList(value) && value.length === 0);
  return errorDiagnostic({
    code: "invalid_field",
    path: ["config", name],
    detail: isEmpty
      ? `Upsolver does not tell an empty ${JSON.stringify(name)} from none, so every plan would show a change. Remove it.`
      : `Upsolver would show ${JSON.stringify(name)} otherwise than it is declared, so every plan would show a change. Choose another value.`,
  });
}

function fieldAlone(name: string, value: JsonValue | undefined): JsonObject {
  return objectOf(value === undefined ? [] : [[name, value]]);
}

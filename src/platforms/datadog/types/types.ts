import {
  didYouMean,
  errorDiagnostic,
  PatchbayError,
} from "../../../diagnostics";
import {
  type Checked,
  invalid,
  type JsonObject,
  parseConnectionTypeName,
  valid,
} from "../../../model";
import { credentialsOf, integrationOf, textOf } from "./attributes";
import { HTTP_CREDENTIALS, httpType } from "./http-type";
import { integrations } from "./integrations";
import { nativeType } from "./native-type";
import type { TypeTranslation } from "./type-translation";

const translations: ReadonlyMap<string, TypeTranslation> = new Map(
  [httpType, ...integrations.map(nativeType)].map((translation) => [
    translation.type,
    translation,
  ]),
);

/** The translation of a declared type. Refuses with `unknown_type`, or `unsupported` for types of others. */
export function translationOf(type: string): Checked<TypeTranslation> {
  const translation = translations.get(type);
  if (translation !== undefined) return valid(translation);
  const parsed = parseConnectionTypeName(type);
  const refused = (code: "unsupported" | "unknown_type", detail: string) =>
    invalid(errorDiagnostic({ code, path: ["type"], detail }));
  if (parsed.kind === "catalogue" || parsed.platform !== "datadog") {
    return refused(
      "unsupported",
      `Datadog has no connections of type ${JSON.stringify(type)}. It has: http; its own integrations as "datadog:INTEGRATION".`,
    );
  }
  if (parsed.name === "HTTP") {
    return refused(
      "unknown_type",
      'An HTTP connection of Datadog is declared with the type "http".',
    );
  }
  const names = integrations.map((integration) => integration.type);
  return refused(
    "unknown_type",
    `Datadog's public API has no integration ${JSON.stringify(parsed.name)}.${didYouMean(parsed.name, names)} There are, case included: ${names.join(", ")}; and HTTP as the type "http".`,
  );
}

/**
 * The translation of a connection that exists. Rejects with `unsupported` what
 * Datadog can hold but its public API does not describe: it could not be shown
 * without the risk of showing a secret.
 */
export function translationOfShown(attributes: JsonObject): TypeTranslation {
  const integration = textOf(integrationOf(attributes), "type");
  const credentials = textOf(credentialsOf(attributes), "type");
  const translation = translations.get(
    integration === "HTTP" ? "http" : `datadog:${integration}`,
  );
  const kinds =
    integration === "HTTP"
      ? [HTTP_CREDENTIALS]
      : integrations
          .find(({ type }) => type === integration)
          ?.credentials.map(({ type }) => type);
  if (translation !== undefined && kinds?.includes(credentials ?? "") === true)
    return translation;
  throw new PatchbayError([
    errorDiagnostic({
      code: "unsupported",
      path: ["type"],
      detail: `In Datadog, the connection ${JSON.stringify(textOf(attributes, "name") ?? "")} is of the integration ${JSON.stringify(integration ?? "")} with credentials of the kind ${JSON.stringify(credentials ?? "")}, which Datadog's public API does not describe. ${kinds === undefined ? "" : `What can be managed of ${integration}: ${kinds.join(", ")}. `}Manage it in Datadog.`,
    }),
  ]);
}

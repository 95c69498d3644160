import { didYouMean, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  invalid,
  type JsonObject,
  parseConnectionTypeName,
  valid,
} from "../../../model";
import { datadogIdentity } from "../capabilities";
import { credentialsOf, integrationOf, textOf } from "./attributes";
import { HTTP_CREDENTIALS, httpType } from "./http-type";
import { integrations } from "./integrations";
import { nativeType } from "./native-type";
import type { TypeTranslation } from "./type-translation";

const HTTP = "HTTP";

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
  if (parsed.name === HTTP) {
    return refused(
      "unknown_type",
      'An HTTP connection of Datadog is declared with the type "http", which has tokens. Other kinds of credentials, such as a login and a password, are not described by Datadog\'s public API: manage such a connection in Datadog.',
    );
  }
  const names = integrations.map((integration) => integration.type);
  return refused(
    "unknown_type",
    `Datadog's public API has no integration ${JSON.stringify(parsed.name)}.${didYouMean(parsed.name, names)} There are, case included: ${names.join(", ")}; and HTTP as the type "http".`,
  );
}

/** The translation of a connection that exists; undefined for what Datadog can hold but its public API does not describe. */
export function tryTranslationOfShown(
  attributes: JsonObject,
): TypeTranslation | undefined {
  const { integration, credentials } = kindOf(attributes);
  if (integration === HTTP)
    return credentials === HTTP_CREDENTIALS ? httpType : undefined;
  const described = integrations.find(({ type }) => type === integration);
  return described?.credentials.some(({ type }) => type === credentials)
    ? translations.get(nativeName(integration))
    : undefined;
}

/** What is shown of a connection that exists: what nobody describes is native. */
export function typeOfShown(attributes: JsonObject): string {
  return (
    tryTranslationOfShown(attributes)?.type ??
    nativeName(kindOf(attributes).integration)
  );
}

/** The integration and, of HTTP, the kind of credentials: whether one can take the place of another is not known. */
export function storedTypeOf(
  type: string,
  config: JsonObject,
): string | undefined {
  if (type === httpType.type) return `${HTTP} ${HTTP_CREDENTIALS}`;
  return type === nativeName(HTTP)
    ? `${HTTP} ${textOf(config, "credentials_type") ?? ""}`
    : type;
}

function nativeName(integration: string): string {
  return `${datadogIdentity.name}:${integration}`;
}

function kindOf(attributes: JsonObject) {
  return {
    integration: textOf(integrationOf(attributes), "type") ?? "",
    credentials: textOf(credentialsOf(attributes), "type") ?? "",
  };
}

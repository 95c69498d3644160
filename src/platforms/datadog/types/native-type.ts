import { objectOf, type JsonObject, type JsonValue } from "../../../model";
import { credentialsOf, textOf } from "./attributes";
import { checkNativeChange, checkNativeFields } from "./check-native-fields";
import { type Credentials, type Integration } from "./integrations";
import { shownTags, tagsBody } from "./tags";
import type { DeclaredFields, TypeTranslation } from "./type-translation";

/** `datadog:OpenAI` and its like: the fields of Datadog's own credentials, as they are. */
export function nativeType(integration: Integration): TypeTranslation {
  return {
    type: `datadog:${integration.type}`,
    check: (fields) => checkNativeFields(integration, fields),
    checkChange: (fields, { attributes }) =>
      checkNativeChange(integration, fields, attributes),
    toAttributes: (fields) => ({
      integration: integrationBody(integration, fields),
      ...tagsBody(fields.config),
    }),
    toAttributesUpdate: (fields, { attributes }) => ({
      integration: integrationBody(integration, fields),
      ...tagsBody(fields.config, attributes),
    }),
    configOf: (attributes) => configOf(integration, attributes),
    noteOf: (attributes) => noteOf(integration, attributes),
  };
}

/** The kind of credentials that is declared or shown; undefined where it is not one of the integration's. */
export function credentialsNamed(
  integration: Integration,
  name: string | undefined,
): Credentials | undefined {
  return integration.credentials.find(({ type }) => type === name);
}

function integrationBody(
  integration: Integration,
  { config, secrets }: DeclaredFields,
): JsonObject {
  const kind =
    credentialsNamed(integration, textOf(config, "credentials_type")) ??
    integration.credentials[0];
  const entries: [string, JsonValue][] = [["type", kind.type]];
  for (const field of [...kind.plain, ...kind.optional]) {
    const text = textOf(config, field);
    if (text !== undefined) entries.push([field, text]);
  }
  for (const field of kind.secrets) {
    const text = secrets === undefined ? undefined : textOf(secrets, field);
    if (text !== undefined) entries.push([field, text]);
  }
  return { type: integration.type, credentials: objectOf(entries) };
}

function configOf(
  integration: Integration,
  attributes: JsonObject,
): JsonObject {
  const shown = credentialsOf(attributes);
  const kind =
    credentialsNamed(integration, textOf(shown, "type")) ??
    integration.credentials[0];
  const entries: [string, JsonValue][] = [];
  if (integration.credentials.length > 1)
    entries.push(["credentials_type", kind.type]);
  for (const field of [...kind.plain, ...kind.optional]) {
    const text = textOf(shown, field);
    if (text !== undefined && text !== "") entries.push([field, text]);
  }
  return objectOf([...entries, ...shownTags(attributes)]);
}

/** What a trust policy on the other side needs to name. */
function noteOf(
  integration: Integration,
  attributes: JsonObject,
): string | undefined {
  const shown = credentialsOf(attributes);
  const given = integration.credentials
    .flatMap((kind) => kind.given)
    .flatMap((field) => {
      const text = textOf(shown, field);
      return text === undefined || text === "" ? [] : [`${field} ${text}`];
    });
  return given.length === 0 ? undefined : `From Datadog: ${given.join(", ")}`;
}

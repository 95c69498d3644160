import { PatchbayError } from "../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";

/** A connection as Datadog answers it. Other fields, its dates among them, are not looked at. */
export interface ShownConnection {
  readonly id: string;
  readonly name: string;
  /** `integration`, `tags` and the rest. */
  readonly attributes: JsonObject;
}

/** Who has which relation to a connection. */
export interface Binding {
  readonly relation: string;
  readonly principals: readonly string[];
}

/** Rejects with `invalid_answer`, naming the field and never its value. */
export function shownConnectionOf(body: unknown): ShownConnection {
  const data = objectAt(body as JsonValue | undefined, "data");
  const attributes = objectAt(data, "attributes");
  const integration = objectAt(attributes, "integration");
  textAt(integration, "type");
  textAt(objectAt(integration, "credentials"), "type");
  return {
    id: textAt(data, "id"),
    name: textAt(attributes, "name"),
    attributes,
  };
}

/** Rejects with `invalid_answer`. */
export function bindingsOfPolicy(body: unknown): readonly Binding[] {
  const data = objectAt(body as JsonValue | undefined, "data");
  const attributes = objectAt(data, "attributes");
  return listAt(attributes, "bindings").map((binding) => ({
    relation: textAt(binding, "relation"),
    principals: listAt(binding, "principals").map((principal) => {
      if (typeof principal !== "string")
        refuse("principals", "a list of texts");
      return principal;
    }),
  }));
}

function objectAt(value: JsonValue | undefined, field: string): JsonObject {
  const member = isObject(value) ? fieldOf(value, field) : undefined;
  return isObject(member) ? member : refuse(field, "an object");
}

function listAt(
  value: JsonValue | undefined,
  field: string,
): readonly JsonValue[] {
  const member = isObject(value) ? fieldOf(value, field) : undefined;
  return isList(member) ? member : refuse(field, "a list");
}

function textAt(value: JsonValue | undefined, field: string): string {
  const member = isObject(value) ? fieldOf(value, field) : undefined;
  return typeof member === "string" ? member : refuse(field, "a text");
}

function refuse(field: string, expected: string): never {
  throw new PatchbayError({
    code: "invalid_answer",
    detail: `In what Datadog answered, ${field} is not ${expected}. Check that site or api_url is the address of Datadog's API.`,
  });
}

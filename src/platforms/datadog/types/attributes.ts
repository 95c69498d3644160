import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  objectOf,
} from "../../../model";

/** The parts of a connection's attributes that the types look at. What is not there reads as empty. */

export function integrationOf(attributes: JsonObject): JsonObject {
  return part(attributes, "integration");
}

export function credentialsOf(attributes: JsonObject): JsonObject {
  return part(integrationOf(attributes), "credentials");
}

/** An object's text, or undefined where there is none. */
export function textOf(object: JsonObject, field: string): string | undefined {
  const text = fieldOf(object, field);
  return typeof text === "string" ? text : undefined;
}

/** The objects of a list; undefined where there is no such list. */
export function itemsOf(
  object: JsonObject,
  field: string,
): readonly JsonObject[] | undefined {
  const list = fieldOf(object, field);
  return isList(list) ? list.filter((item) => isObject(item)) : undefined;
}

export function part(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isObject(value) ? value : objectOf([]);
}

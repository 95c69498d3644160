import { PatchbayError } from "../../diagnostics";
import {
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../model";

/** What is read of an environment object; other fields are left alone. */
export interface EnvironmentObject {
  readonly id: string;
  readonly objectKey: string;
  readonly objectType: string;
  readonly scope: string;
  readonly scopeEntityId: string;
  readonly description: string | undefined;
  readonly autoLinkDeployments: boolean;
  readonly excludeLinks: readonly string[];
  readonly connection: JsonObject;
  readonly setFields: readonly string[];
  readonly links: readonly EnvironmentObjectLink[];
  readonly updatedAt: string | undefined;
  readonly createdAt: string | undefined;
  /** The name of who made it; of a token its id. */
  readonly createdBy: string | undefined;
}

export interface EnvironmentObjectLink {
  readonly deploymentId: string;
  readonly overrides: JsonObject;
  readonly setFields: readonly string[];
}

export interface AstroPlace {
  readonly id: string;
  readonly name: string;
}

export interface AstroDeployment extends AstroPlace {
  readonly workspaceId: string;
}

/** A page of a listing. */
export interface AstroPage<T> {
  readonly items: readonly T[];
  /** What came, those left out by `read` included. */
  readonly length: number;
  readonly totalCount: number;
}

/** Reads one page. `read` gives undefined for what does not concern us. Rejects with `invalid_answer`. */
export function pageOf<T>(
  body: unknown,
  plural: string,
  read: (item: JsonObject) => T | undefined,
): AstroPage<T> {
  const page = objectOfAnswer(body as JsonValue | undefined, "the answer");
  const list = fieldOf(page, plural);
  if (!isList(list)) throw unexpected(plural, "a list");
  const items = list.flatMap((item, index) => {
    const value = read(objectOfAnswer(item, `${plural}[${index}]`));
    return value === undefined ? [] : [value];
  });
  return {
    items,
    length: list.length,
    totalCount: numberIn(page, "totalCount"),
  };
}

export function createdIdOf(body: unknown): string {
  const created = objectOfAnswer(body as JsonValue | undefined, "the answer");
  return textIn(created, "id");
}

export function environmentObjectOf(body: unknown): EnvironmentObject {
  const object = objectOfAnswer(body as JsonValue | undefined, "the answer");
  const connection = present(object, "connection");
  return {
    id: textIn(object, "id"),
    objectKey: textIn(object, "objectKey"),
    objectType: textIn(object, "objectType"),
    scope: textIn(object, "scope"),
    scopeEntityId: textIn(object, "scopeEntityId"),
    description: optionalText(object, "description"),
    autoLinkDeployments: present(object, "autoLinkDeployments") === true,
    excludeLinks: listIn(object, "excludeLinks").map((item) =>
      textIn(item, "scopeEntityId"),
    ),
    connection:
      connection === undefined ? {} : objectOfAnswer(connection, "connection"),
    setFields: textsIn(object, "setFields"),
    links: listIn(object, "links").map((link) => ({
      deploymentId: textIn(link, "scopeEntityId"),
      overrides: objectOfAnswer(
        present(link, "connectionOverrides") ?? {},
        "connectionOverrides",
      ),
      setFields: textsIn(link, "setFields"),
    })),
    updatedAt: optionalText(object, "updatedAt"),
    createdAt: toldText(object, "createdAt"),
    createdBy: makerIn(object),
  };
}

/** A row of a listing: undefined where it is no connection, or one without an id that is only shown here. */
export function connectionRowOf(
  row: JsonObject,
): EnvironmentObject | undefined {
  if (fieldOf(row, "objectType") !== "CONNECTION") return undefined;
  return present(row, "id") === undefined
    ? undefined
    : environmentObjectOf(row);
}

export function workspaceOf(row: JsonObject): AstroPlace {
  return { id: textIn(row, "id"), name: textIn(row, "name") };
}

export function deploymentOf(row: JsonObject): AstroDeployment {
  return { ...workspaceOf(row), workspaceId: textIn(row, "workspaceId") };
}

/** Null and absent are the same in Astro's answers. */
function present(object: JsonObject, field: string): JsonValue | undefined {
  return fieldOf(object, field) ?? undefined;
}

function textIn(object: JsonObject, field: string): string {
  const value = present(object, field);
  if (typeof value !== "string" || value === "")
    throw unexpected(field, "a text");
  return value;
}

function makerIn(object: JsonObject): string | undefined {
  const maker = present(object, "createdBy");
  if (!isObject(maker)) return undefined;
  return toldText(maker, "username") ?? toldText(maker, "id");
}

/** What is only told on to people: anything else than a text is left out. */
function toldText(object: JsonObject, field: string): string | undefined {
  const value = fieldOf(object, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function optionalText(object: JsonObject, field: string): string | undefined {
  const value = present(object, field);
  if (value !== undefined && typeof value !== "string")
    throw unexpected(field, "a text");
  return value === "" ? undefined : value;
}

function numberIn(object: JsonObject, field: string): number {
  const value = present(object, field);
  if (typeof value !== "number") throw unexpected(field, "a number");
  return value;
}

function listIn(object: JsonObject, field: string): readonly JsonObject[] {
  const value = present(object, field) ?? [];
  if (!isList(value)) throw unexpected(field, "a list");
  return value.map((item) => objectOfAnswer(item, field));
}

function textsIn(object: JsonObject, field: string): readonly string[] {
  const value = present(object, field) ?? [];
  if (!isList(value)) throw unexpected(field, "a list");
  return value.map((item) => {
    if (typeof item !== "string") throw unexpected(field, "a list of texts");
    return item;
  });
}

function objectOfAnswer(
  value: JsonValue | undefined,
  where: string,
): JsonObject {
  if (!isObject(value)) throw unexpected(where, "an object");
  return value;
}

/** Names the field and never its value. */
function unexpected(where: string, expected: string): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `In what Astro answered, ${where} is not ${expected}. Check "host" in the provider's astro block; if it is Astro that answers, its API may be newer than this version of Patchbay.`,
  });
}

import type { JsonObject } from "../../model";
import { Answer, type AnswerSource } from "../kit";

export const astroAnswers: AnswerSource = {
  title: "Astro",
  advice:
    'Check "host" in the provider\'s astro block; if it is Astro that answers, its API may be newer than this version of Patchbay.',
};

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
  read: (item: Answer) => T | undefined,
): AstroPage<T> {
  const page = new Answer(body, astroAnswers);
  const list = page.list(plural);
  return {
    items: list.map(read).filter((item) => item !== undefined),
    length: list.length,
    totalCount: page.number("totalCount"),
  };
}

export function createdIdOf(body: unknown): string {
  return new Answer(body, astroAnswers).text("id");
}

export function environmentObjectOf(body: unknown): EnvironmentObject {
  return environmentObjectIn(new Answer(body, astroAnswers));
}

function environmentObjectIn(object: Answer): EnvironmentObject {
  return {
    id: object.text("id"),
    objectKey: object.text("objectKey"),
    objectType: object.text("objectType"),
    scope: object.text("scope"),
    scopeEntityId: object.text("scopeEntityId"),
    description: object.optionalText("description"),
    autoLinkDeployments: object.optional("autoLinkDeployments")?.value === true,
    excludeLinks: (object.optionalList("excludeLinks") ?? []).map((item) =>
      item.text("scopeEntityId"),
    ),
    connection: object.optionalObject("connection")?.fields ?? {},
    setFields: object.texts("setFields"),
    links: (object.optionalList("links") ?? []).map((link) => ({
      deploymentId: link.text("scopeEntityId"),
      overrides: link.optionalObject("connectionOverrides")?.fields ?? {},
      setFields: link.texts("setFields"),
    })),
    updatedAt: object.optionalText("updatedAt"),
    createdAt: object.toldText("createdAt"),
    createdBy:
      object.toldObject("createdBy")?.toldText("username") ??
      object.toldObject("createdBy")?.toldText("id"),
  };
}

/** A row of a listing: undefined where it is no connection, or one without an id that is only shown here. */
export function connectionRowOf(row: Answer): EnvironmentObject | undefined {
  if (row.optional("objectType")?.value !== "CONNECTION") return undefined;
  return row.optional("id") === undefined
    ? undefined
    : environmentObjectIn(row);
}

export function workspaceOf(row: Answer): AstroPlace {
  return { id: row.text("id"), name: row.text("name") };
}

export function deploymentOf(row: Answer): AstroDeployment {
  return { ...workspaceOf(row), workspaceId: row.text("workspaceId") };
}

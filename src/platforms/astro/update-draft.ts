import type { Secret } from "../../diagnostics";
import { type JsonObject, type JsonValue, objectOf } from "../../model";
import type { EnvironmentObject } from "./answers";

/**
 * What the next update of an environment object will say. It starts as what is
 * there, because Astro takes away what an update leaves out: links, exclusions
 * and auto-link. What it leaves alone when left out (fields of the connection,
 * overrides of a link) is left out.
 */
export class UpdateDraft {
  /** Fields of the connection that are written. */
  connection: JsonObject = {};
  description: string | undefined;
  autoLink: boolean;
  /** Ids of deployments. */
  readonly excluded: Set<string>;
  /** By the deployment's id: the overrides that are written, undefined where they are left as they are. */
  readonly links: Map<string, JsonObject | undefined>;
  /** What no message about the update may repeat. */
  readonly secrets: Secret<unknown>[] = [];
  readonly #object: EnvironmentObject;

  constructor(object: EnvironmentObject) {
    this.#object = object;
    this.autoLink = object.autoLinkDeployments;
    this.excluded = new Set(object.excludeLinks);
    this.links = new Map(
      object.links.map(({ deploymentId }) => [deploymentId, undefined]),
    );
  }

  toRequest(): JsonObject {
    const entries: [string, JsonValue | undefined][] = [
      [
        "connection",
        { ...this.connection, type: String(this.#object.connection["type"]) },
      ],
      ["description", this.description],
      [
        "autoLinkDeployments",
        this.#object.scope === "WORKSPACE" ? this.autoLink : undefined,
      ],
      ["excludeLinks", [...this.excluded].map((id) => linkTo(id))],
      [
        "links",
        [...this.links].map(([id, overrides]) => linkTo(id, overrides)),
      ],
    ];
    return objectOf(
      entries.filter(
        (entry): entry is [string, JsonValue] => entry[1] !== undefined,
      ),
    );
  }
}

function linkTo(deploymentId: string, overrides?: JsonObject): JsonObject {
  return {
    scope: "DEPLOYMENT",
    scopeEntityId: deploymentId,
    ...(overrides !== undefined && { overrides }),
  };
}

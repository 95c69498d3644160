import type { StandinAnswer, StandinMethod, StandinRequest } from "../kit";
import { problem } from "./pipes-answers";
import type {
  PipesWorld,
  StoredConnection,
  StoredWorkspace,
} from "./pipes-world";

export const BASE = "/api/v0";

/** Where connections live: which identity and workspace a path means. */
export interface Level {
  readonly prefix: string;
  readonly kind: "tenant" | "organization" | "workspace";
}

export const levels: readonly Level[] = [
  { prefix: "", kind: "tenant" },
  { prefix: "/org/{org_handle}", kind: "organization" },
  {
    prefix: "/org/{org_handle}/workspace/{workspace_handle}",
    kind: "workspace",
  },
];

/** Ends the handling of a request. */
export class Refused extends Error {
  constructor(readonly answer: StandinAnswer) {
    super("refused");
  }
}

export function refuse(status: number, detail: string): never {
  throw new Refused(problem(status, detail));
}

/** A route whose refusals are thrown. */
export function route(
  method: StandinMethod,
  path: string,
  handle: (request: StandinRequest) => StandinAnswer,
) {
  return {
    method,
    path: BASE + path,
    handle: (request: StandinRequest): StandinAnswer => {
      try {
        return handle(request);
      } catch (thrown) {
        if (thrown instanceof Refused) return thrown.answer;
        throw thrown;
      }
    },
  };
}

export interface Scope {
  readonly identityId: string | undefined;
  readonly workspace: StoredWorkspace | undefined;
}

export function scopeOf(
  world: PipesWorld,
  kind: Level["kind"],
  { parameters }: StandinRequest,
): Scope {
  if (kind === "tenant") return { identityId: undefined, workspace: undefined };
  const organization =
    world.organizations.find(
      ({ handle }) => handle === parameters["org_handle"],
    ) ?? refuse(404, "There is no such organization.");
  if (kind === "organization")
    return { identityId: organization.id, workspace: undefined };
  const workspace =
    world.workspaces.find(
      ({ handle, identityId }) =>
        identityId === organization.id &&
        handle === parameters["workspace_handle"],
    ) ?? refuse(404, "There is no such workspace.");
  return { identityId: organization.id, workspace };
}

/** Connections that live exactly there. */
export function connectionsIn(
  world: PipesWorld,
  { identityId, workspace }: Scope,
): readonly StoredConnection[] {
  return world.connections.filter(
    (connection) =>
      connection.identityId === identityId &&
      connection.workspaceId === workspace?.id,
  );
}

/** One page: `limit` (default 25, at most 100) and an opaque `next_token`. */
export function page(
  { query }: StandinRequest,
  items: readonly unknown[],
): StandinAnswer {
  const limit = Number(query.get("limit") ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    refuse(400, "limit is between 1 and 100.");
  const token = query.get("next_token");
  const start =
    token === null ? 0 : Number(Buffer.from(token, "base64url").toString());
  const end = start + limit;
  return {
    status: 200,
    body: {
      items: items.slice(start, end),
      ...(end < items.length && {
        next_token: Buffer.from(String(end)).toString("base64url"),
      }),
    },
  };
}

export function bodyOf({ body }: StandinRequest): Record<string, unknown> {
  return typeof body === "object" && body !== null
    ? (body as Record<string, unknown>)
    : refuse(400, "The body is not an object.");
}

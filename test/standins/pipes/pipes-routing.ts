import type {
  StandinAnswer,
  StandinMethod,
  StandinRequest,
  StandinRoute,
} from "../kit";
import { problem } from "./pipes-answers";
import type {
  PipesWorld,
  StoredConnection,
  StoredIdentity,
  StoredWorkspace,
} from "./pipes-world";

export const BASE = "/api/v0";

/** Where connections live: which identity and workspace a path means. */
export interface Level {
  readonly prefix: string;
  readonly kind: "tenant" | "organization" | "user" | "workspace";
}

/** Whose workspaces there are. */
export const identityLevels: readonly Level[] = [
  { prefix: "/org/{org_handle}", kind: "organization" },
  { prefix: "/user/{user_handle}", kind: "user" },
];

export const workspaceLevels: readonly Level[] = identityLevels.map(
  ({ prefix }) => ({
    prefix: `${prefix}/workspace/{workspace_handle}`,
    kind: "workspace",
  }),
);

/** Where connections can be. */
export const levels: readonly Level[] = [
  { prefix: "", kind: "tenant" },
  ...identityLevels,
  ...workspaceLevels,
];

/** Where folders can be; a user has none outside of its workspaces. */
export const folderLevels = levels.filter(({ kind }) => kind !== "user");

/** What workspaces inherit from, by permissions. */
export const sharingLevels = folderLevels.filter(
  ({ kind }) => kind !== "workspace",
);

/** Ends the handling of a request. */
export class Refused extends Error {
  constructor(readonly answer: StandinAnswer) {
    super("refused");
  }
}

export function refuse(status: number, detail: string): never {
  throw new Refused(problem(status, detail));
}

type Handle = (request: StandinRequest) => StandinAnswer;

/** A route whose refusals are thrown. */
export function route(
  method: StandinMethod,
  path: string,
  handle: Handle,
): StandinRoute {
  return {
    method,
    path: BASE + path,
    handle: (request) => {
      try {
        return handle(request);
      } catch (thrown) {
        if (thrown instanceof Refused) return thrown.answer;
        throw thrown;
      }
    },
  };
}

/** One of the vendor's whole document that the pruned copy in shared/specs leaves out. */
export function routeBesideDocument(
  method: StandinMethod,
  path: string,
  handle: Handle,
): StandinRoute {
  return { ...route(method, path, handle), undocumented: true };
}

export interface Scope {
  readonly identityId: string | undefined;
  readonly workspace: StoredWorkspace | undefined;
}

/** What a path means. */
export function scopeOf(
  world: PipesWorld,
  kind: Level["kind"],
  request: StandinRequest,
): Scope {
  if (kind === "tenant") return { identityId: undefined, workspace: undefined };
  const identity = identityOf(world, request);
  const workspace =
    kind === "workspace"
      ? meant(world, {
          among: world.workspaces.filter(
            ({ identityId }) => identityId === identity.id,
          ),
          wanted: request.parameters["workspace_handle"],
          what: "workspace",
        })
      : undefined;
  return { identityId: identity.id, workspace };
}

/** The organization or the user that a path names. */
export function identityOf(
  world: PipesWorld,
  { parameters }: StandinRequest,
): StoredIdentity {
  const { org_handle: organization, user_handle: user } = parameters;
  return organization === undefined
    ? meant(world, { among: world.users, wanted: user, what: "user" })
    : meant(world, {
        among: world.organizations,
        wanted: organization,
        what: "organization",
      });
}

export function workspaceIn(
  world: PipesWorld,
  request: StandinRequest,
): StoredWorkspace {
  return scopeOf(world, "workspace", request).workspace!;
}

/** By its handle, or by its id, which the vendor's Steampipe plugin sends in the handle's place. */
function meant<T extends { readonly id: string; readonly handle: string }>(
  { hidden }: PipesWorld,
  {
    among,
    wanted,
    what,
  }: {
    readonly among: readonly T[];
    readonly wanted: unknown;
    readonly what: string;
  },
): T {
  const missing = `There is no such ${what}.`;
  const found =
    among.find(({ id, handle }) => handle === wanted || id === wanted) ??
    refuse(404, missing);
  const status = hidden[found.id];
  return status === undefined
    ? found
    : refuse(status, status === 404 ? missing : "You may not see it.");
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

import type { StandinRoute } from "../kit";
import {
  connectionAnswer,
  identityAnswer,
  organizationAnswer,
  tenantAnswer,
  userAnswer,
  workspaceAnswer,
} from "./pipes-answers";
import {
  bodyOf,
  identityLevels,
  identityOf,
  page,
  refuse,
  route,
  routeBesideDocument,
  workspaceIn,
} from "./pipes-routing";
import type { PipesBehaviour } from "./pipes-standin";
import {
  newId,
  type PipesWorld,
  seen,
  type StoredIdentity,
  type StoredWorkspace,
} from "./pipes-world";

const ORGANIZATION_HANDLE = /^[a-z0-9][a-z0-9-]{0,37}[a-z0-9]$/;
const WORKSPACE_HANDLE = /^[a-z0-9]{1,23}$/;

/** Who there is, and whose workspaces. The token is that of the first user, who sees everything that is not hidden. */
export function identityRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    ...actorRoutes(world, behaviour),
    ...organizationRoutes(world),
    ...tenantRoutes(world, behaviour),
    ...workspaceRoutes(world),
    route("GET", "/identity/{identity_handle}", ({ parameters }) => {
      const wanted = parameters["identity_handle"];
      const identity =
        seen(world, [...world.organizations, ...world.users]).find(
          ({ id, handle }) => handle === wanted || id === wanted,
        ) ?? refuse(404, "There is no such identity.");
      return { status: 200, body: identityAnswer(world, identity) };
    }),
    route("GET", "/user/{user_handle}", (request) => ({
      status: 200,
      body: userAnswer(world, identityOf(world, request)),
    })),
  ];
}

function actorRoutes(
  world: PipesWorld,
  behaviour: PipesBehaviour,
): readonly StandinRoute[] {
  const actor = (): StoredIdentity =>
    world.users[0] ?? refuse(404, "There is no such user.");
  return [
    route("GET", "/actor", () => ({
      status: 200,
      body: userAnswer(world, actor()),
    })),
    route("GET", "/actor/org", (request) =>
      page(
        request,
        seen(world, world.organizations).map((organization) => ({
          created_at: new Date(world.clock).toISOString(),
          created_by_id: actor().id,
          updated_by_id: actor().id,
          id: organization.id,
          org_id: organization.id,
          org: organizationAnswer(world, organization),
          user_id: actor().id,
          role: "owner",
          status: "accepted",
          version_id: 1,
        })),
      ),
    ),
    route("GET", "/actor/workspace", (request) =>
      page(
        request,
        seen(world, world.workspaces).map((workspace) => ({
          id: workspace.id,
          handle: workspace.handle,
          host: `${workspace.handle}.usea1.db.pipes.turbot.com`,
          database_name: workspace.handle,
          identity_id: workspace.identityId,
          role: "owner",
          workspace_id: workspace.id,
          workspace: workspaceAnswer(world, workspace),
        })),
      ),
    ),
    route("GET", "/actor/conn", (request) =>
      page(
        request,
        world.connections.map((connection) =>
          connectionAnswer(world, connection, behaviour),
        ),
      ),
    ),
  ];
}

function organizationRoutes(world: PipesWorld): readonly StandinRoute[] {
  const answer = (organization: StoredIdentity) =>
    organizationAnswer(world, organization);
  const one = "/org/{org_handle}";
  return [
    routeBesideDocument("GET", "/org", (request) =>
      page(request, seen(world, world.organizations).map(answer)),
    ),
    routeBesideDocument("POST", "/org", (request) => {
      const { handle, display_name } = bodyOf(request);
      const organization: StoredIdentity = {
        id: newId(world, "o"),
        handle: freeHandle(world.organizations, handle, ORGANIZATION_HANDLE),
        ...(typeof display_name === "string" && { displayName: display_name }),
      };
      world.organizations.push(organization);
      return { status: 201, body: answer(organization) };
    }),
    route("GET", one, (request) => ({
      status: 200,
      body: answer(identityOf(world, request)),
    })),
    route("PATCH", one, (request) => {
      const organization = identityOf(world, request);
      const { handle, display_name } = bodyOf(request);
      if (handle !== undefined && handle !== organization.handle)
        organization.handle = freeHandle(
          world.organizations,
          handle,
          ORGANIZATION_HANDLE,
        );
      if (typeof display_name === "string")
        organization.displayName = display_name;
      return { status: 200, body: answer(organization) };
    }),
    route("DELETE", one, (request) => {
      const organization = identityOf(world, request);
      for (const workspace of world.workspaces)
        if (workspace.identityId === organization.id)
          deleteWorkspace(world, workspace);
      deleteWhere(world, ({ identityId }) => identityId === organization.id);
      world.organizations = world.organizations.filter(
        (other) => other !== organization,
      );
      return { status: 200, body: answer(organization) };
    }),
  ];
}

function tenantRoutes(
  world: PipesWorld,
  { showsTenant }: PipesBehaviour,
): readonly StandinRoute[] {
  return [
    route("GET", "/tenant", (request) =>
      page(request, showsTenant ? [tenantAnswer(world)] : []),
    ),
    routeBesideDocument(
      "GET",
      "/tenant/{tenant_handle}",
      ({ parameters: { tenant_handle: wanted } }) =>
        showsTenant && [world.tenant, world.tenantHandle].includes(wanted!)
          ? { status: 200, body: tenantAnswer(world) }
          : refuse(404, "There is no such tenant."),
    ),
  ];
}

function workspaceRoutes(world: PipesWorld): readonly StandinRoute[] {
  const answer = (workspace: StoredWorkspace) =>
    workspaceAnswer(world, workspace);
  const workspacesOf = ({ id }: StoredIdentity) =>
    world.workspaces.filter(({ identityId }) => identityId === id);
  return identityLevels.flatMap(({ prefix }) => {
    const all = `${prefix}/workspace`;
    const one = `${all}/{workspace_handle}`;
    return [
      route("GET", all, (request) =>
        page(
          request,
          seen(world, workspacesOf(identityOf(world, request))).map(answer),
        ),
      ),
      route("POST", all, (request) => {
        const identity = identityOf(world, request);
        const workspace: StoredWorkspace = {
          id: newId(world, "w"),
          handle: freeHandle(
            workspacesOf(identity),
            bodyOf(request)["handle"],
            WORKSPACE_HANDLE,
          ),
          identityId: identity.id,
        };
        world.workspaces.push(workspace);
        return { status: 201, body: answer(workspace) };
      }),
      route("GET", one, (request) => ({
        status: 200,
        body: answer(workspaceIn(world, request)),
      })),
      route("PATCH", one, (request) => {
        const workspace = workspaceIn(world, request);
        const { handle } = bodyOf(request);
        if (handle !== undefined && handle !== workspace.handle)
          workspace.handle = freeHandle(
            workspacesOf(identityOf(world, request)),
            handle,
            WORKSPACE_HANDLE,
          );
        return { status: 200, body: answer(workspace) };
      }),
      route("DELETE", one, (request) => {
        const workspace = workspaceIn(world, request);
        deleteWorkspace(world, workspace);
        return { status: 200, body: answer(workspace) };
      }),
    ];
  });
}

function freeHandle(
  among: readonly { readonly handle: string }[],
  handle: unknown,
  form: RegExp,
): string {
  if (typeof handle !== "string" || !form.test(handle))
    return refuse(400, "The handle is not valid.");
  return among.some((other) => other.handle === handle)
    ? refuse(409, `The handle ${handle} is taken.`)
    : handle;
}

/** With what is in it. */
function deleteWorkspace(world: PipesWorld, workspace: StoredWorkspace): void {
  deleteWhere(world, ({ workspaceId }) => workspaceId === workspace.id);
  world.workspaces = world.workspaces.filter((other) => other !== workspace);
}

/** What belongs to an identity or to a workspace, or was granted or attached to it. */
function deleteWhere(
  world: PipesWorld,
  isGone: (owned: {
    readonly identityId?: string | undefined;
    readonly workspaceId?: string | undefined;
  }) => boolean,
): void {
  const kept = <T extends Parameters<typeof isGone>[0]>(all: readonly T[]) =>
    all.filter((owned) => !isGone(owned));
  world.connections = kept(world.connections);
  world.folders = kept(world.folders);
  world.permissions = kept(world.permissions);
  world.schemas = kept(world.schemas).filter(({ connectionId }) =>
    world.connections.some(({ id }) => id === connectionId),
  );
  world.attached = kept(world.attached);
  world.aggregators = kept(world.aggregators);
  world.processes = kept(world.processes);
}

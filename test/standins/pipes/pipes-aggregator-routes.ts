import type { StandinRequest, StandinRoute } from "../kit";
import { aggregatorAnswer } from "./pipes-answers";
import {
  bodyOf,
  type Level,
  page,
  refuse,
  routeBesideDocument,
  workspaceIn,
  workspaceLevels,
} from "./pipes-routing";
import {
  newId,
  type PipesWorld,
  type StoredAggregator,
  type StoredWorkspace,
} from "./pipes-world";

/** Aggregators of workspaces, as far as the vendor's provider manages them. */
export function aggregatorRoutes(world: PipesWorld): readonly StandinRoute[] {
  return workspaceLevels.flatMap((level) => routesOf(world, level));
}

function routesOf(
  world: PipesWorld,
  { prefix }: Level,
): readonly StandinRoute[] {
  const all = `${prefix}/aggregator`;
  const one = `${all}/{aggregator_handle}`;
  const aggregatorsOf = ({ id }: StoredWorkspace) =>
    world.aggregators.filter(({ workspaceId }) => workspaceId === id);
  const find = (request: StandinRequest): StoredAggregator =>
    aggregatorsOf(workspaceIn(world, request)).find(
      ({ handle }) => handle === request.parameters["aggregator_handle"],
    ) ?? refuse(404, "There is no such aggregator.");
  const answer = (request: StandinRequest, aggregator: StoredAggregator) =>
    aggregatorAnswer(world, aggregator, workspaceIn(world, request));
  return [
    routeBesideDocument("GET", all, (request) =>
      page(
        request,
        aggregatorsOf(workspaceIn(world, request)).map((aggregator) =>
          answer(request, aggregator),
        ),
      ),
    ),
    routeBesideDocument("POST", all, (request) => {
      const workspace = workspaceIn(world, request);
      const { handle, plugin, connections, config } = bodyOf(request);
      if (typeof handle !== "string" || typeof plugin !== "string")
        return refuse(400, "The handle or the plugin is missing.");
      if (aggregatorsOf(workspace).some((other) => other.handle === handle))
        refuse(409, "The aggregator exists already.");
      const aggregator: StoredAggregator = {
        id: newId(world, "agg"),
        handle,
        plugin,
        connections: (connections ?? []) as readonly string[],
        config: (config ?? {}) as Readonly<Record<string, unknown>>,
        workspaceId: workspace.id,
        version: 1,
      };
      world.aggregators.push(aggregator);
      return { status: 201, body: answer(request, aggregator) };
    }),
    routeBesideDocument("GET", one, (request) => ({
      status: 200,
      body: answer(request, find(request)),
    })),
    routeBesideDocument("PATCH", one, (request) => {
      const aggregator = find(request);
      const { handle, connections, config } = bodyOf(request);
      if (typeof handle === "string") aggregator.handle = handle;
      if (connections !== undefined)
        aggregator.connections = connections as readonly string[];
      if (config !== undefined)
        aggregator.config = config as Readonly<Record<string, unknown>>;
      aggregator.version += 1;
      return { status: 200, body: answer(request, aggregator) };
    }),
    routeBesideDocument("DELETE", one, (request) => {
      const aggregator = find(request);
      const body = answer(request, aggregator);
      world.aggregators.splice(world.aggregators.indexOf(aggregator), 1);
      world.attached = world.attached.filter(
        ({ targetId }) => targetId !== aggregator.id,
      );
      return { status: 200, body };
    }),
  ];
}

import type {
  Deployment,
  ObservedDeployment,
  ObservedWorkspace,
  Workspace,
} from "../../model";
import { deploymentSchema, workspaceSchema } from "../schema/inventory";
import { knownTextOf } from "../state/record";
import { placeResource } from "./place-resource";

/** patchbay_workspace */
export const workspaceResource = placeResource<Workspace, ObservedWorkspace>({
  kind: "workspace",
  schema: workspaceSchema,
  attributes: () => ({}),
  place: (_record, key) => key,
  matches: () => true,
  part: (snapshot) => snapshot.workspaces,
  list: async (context, owner) =>
    (await context.platform?.inventory?.listWorkspaces(owner)) ?? [],
  create: (management, place, signal) =>
    management.createWorkspace(place, { signal }),
  delete: (management, place, signal) =>
    management.deleteWorkspace(place, { signal }),
});

/** patchbay_deployment */
export const deploymentResource = placeResource<Deployment, ObservedDeployment>(
  {
    kind: "deployment",
    schema: deploymentSchema,
    attributes: (observed) => ({ workspace: observed.workspace }),
    place: (record, key) => ({
      ...key,
      workspace: knownTextOf(record, "workspace"),
    }),
    matches: (wanted, observed) => wanted.workspace === observed.workspace,
    part: (snapshot) => snapshot.deployments,
    list: async (context, owner) =>
      (await context.platform?.inventory?.listDeployments(owner)) ?? [],
    create: (management, place, signal) =>
      management.createDeployment(place, { signal }),
    delete: (management, place, signal) =>
      management.deleteDeployment(place, { signal }),
  },
);

import {
  type DeploymentInput,
  deploymentResource,
  effectiveConnectionResource,
  pageResource,
} from "../../wire";
import type { EffectiveConnectionWithSecrets } from "../../effective-connection";
import { mayReadSecrets } from "../access";
import { ACCOUNT_PATH, type Route, type RouteRequest } from "../route";
import { required } from "./required";

const COLLECTION = `${ACCOUNT_PATH}/deployments`;
const ITEM = `${COLLECTION}/{deployment}`;

export const deploymentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: COLLECTION,
    operationId: "listDeployments",
    summary: "The deployments of an account",
    access: "read",
    query: ["limit", "cursor"],
    answer: "Deployment",
    paged: true,
    handle: async (api, { account, page }) => ({
      body: pageResource(
        await api.deployments.list({ account, ...page }),
        deploymentResource,
      ),
    }),
  },
  {
    method: "POST",
    path: COLLECTION,
    operationId: "createDeployment",
    summary: "Create a deployment in a workspace",
    access: "write",
    body: "DeploymentInput",
    answer: "Deployment",
    status: 201,
    handle: async (api, request) => {
      const { account, idempotencyKey } = request;
      const { name, workspace } = request.body<DeploymentInput>();
      const deployment = await api.deployments.create({
        account,
        name,
        workspace,
        idempotencyKey,
      });
      return { body: deploymentResource(deployment) };
    },
  },
  {
    method: "GET",
    path: ITEM,
    operationId: "getDeployment",
    summary: "One deployment",
    access: "read",
    answer: "Deployment",
    handle: async (api, request) => ({
      body: deploymentResource(
        required(await api.deployments.tryFind(named(request)), "deployment"),
      ),
    }),
  },
  {
    method: "PUT",
    path: ITEM,
    operationId: "changeDeployment",
    summary:
      "Give a deployment another name, or move it to another workspace; its links stay",
    access: "write",
    body: "DeploymentInput",
    answer: "Deployment",
    handle: async (api, request) => {
      const { name, workspace } = request.body<DeploymentInput>();
      const to = { name, workspace };
      return {
        body: deploymentResource(
          await api.deployments.change({ ...named(request), to }),
        ),
      };
    },
  },
  {
    method: "DELETE",
    path: ITEM,
    operationId: "deleteDeployment",
    summary: "Delete a deployment that is not in use, and its tokens",
    access: "write",
    handle: async (api, request) => {
      await api.deployments.delete(named(request));
      return undefined;
    },
  },
  {
    method: "GET",
    path: `${ITEM}/effective-connections`,
    operationId: "listEffectiveConnections",
    summary: "What the deployment sees; secrets only with its own token",
    access: "effective",
    query: ["limit", "cursor"],
    answer: "EffectiveConnection",
    paged: true,
    handle: async (api, request) => {
      const options = { ...named(request), ...request.page };
      if (!mayReadSecrets(request.scope)) {
        const page = await api.deployments.effectiveConnections(options);
        return { body: pageResource(page, effectiveConnectionResource) };
      }
      const page =
        await api.deployments.effectiveConnectionsWithSecrets(options);
      return { body: pageResource(page, withSecrets) };
    },
  },
];

function withSecrets(effective: EffectiveConnectionWithSecrets) {
  return {
    ...effectiveConnectionResource(effective),
    secrets: effective.secrets.reveal(),
  };
}

function named({ account, parameters }: RouteRequest) {
  return { account, name: parameters["deployment"] ?? "" };
}

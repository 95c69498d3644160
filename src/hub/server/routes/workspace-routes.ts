import {
  pageResource,
  type WorkspaceInput,
  workspaceResource,
} from "../../wire";
import { ACCOUNT_PATH, type Route, type RouteRequest } from "../route";
import { required } from "./required";

const COLLECTION = `${ACCOUNT_PATH}/workspaces`;
const ITEM = `${COLLECTION}/{workspace}`;

export const workspaceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: COLLECTION,
    operationId: "listWorkspaces",
    summary: "The workspaces of an account",
    access: "read",
    query: ["limit", "cursor"],
    answer: "Workspace",
    paged: true,
    handle: async (api, { account, page }) => ({
      body: pageResource(
        await api.workspaces.list({ account, ...page }),
        workspaceResource,
      ),
    }),
  },
  {
    method: "POST",
    path: COLLECTION,
    operationId: "createWorkspace",
    summary: "Create a workspace",
    access: "write",
    body: "WorkspaceInput",
    answer: "Workspace",
    status: 201,
    handle: async (api, request) => {
      const { account, idempotencyKey } = request;
      const { name } = request.body<WorkspaceInput>();
      return {
        body: workspaceResource(
          await api.workspaces.create({ account, name, idempotencyKey }),
        ),
      };
    },
  },
  {
    method: "GET",
    path: ITEM,
    operationId: "getWorkspace",
    summary: "One workspace",
    access: "read",
    answer: "Workspace",
    handle: async (api, request) => ({
      body: workspaceResource(
        required(await api.workspaces.tryFind(named(request)), "workspace"),
      ),
    }),
  },
  {
    method: "PUT",
    path: ITEM,
    operationId: "renameWorkspace",
    summary: "Give a workspace another name; what is in it stays",
    access: "write",
    body: "WorkspaceInput",
    answer: "Workspace",
    handle: async (api, request) => {
      const { name: newName } = request.body<WorkspaceInput>();
      return {
        body: workspaceResource(
          await api.workspaces.rename({ ...named(request), newName }),
        ),
      };
    },
  },
  {
    method: "DELETE",
    path: ITEM,
    operationId: "deleteWorkspace",
    summary: "Delete a workspace that is not in use",
    access: "write",
    handle: async (api, request) => {
      await api.workspaces.delete(named(request));
      return undefined;
    },
  },
];

function named({ account, parameters }: RouteRequest) {
  return { account, name: parameters["workspace"] ?? "" };
}

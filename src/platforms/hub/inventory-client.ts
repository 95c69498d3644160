import type {
  AccountOperations,
  DeploymentOperations,
  WorkspaceOperations,
} from "../../hub";
import {
  accountPath,
  ACCOUNTS_PATH,
  deploymentPath,
  deploymentsPath,
  effectiveConnectionOf,
  effectiveConnectionsPath,
  effectiveConnectionWithSecretsOf,
  observedAccountOf,
  observedDeploymentOf,
  observedWorkspaceOf,
  workspacePath,
  workspacesPath,
} from "../../hub/wire";
import {
  accountShape,
  deploymentShape,
  effectiveConnectionShape,
  effectiveConnectionWithSecretsShape,
  workspaceShape,
} from "./answers";
import type { HubCalls } from "./calls";

const account = { shape: accountShape, read: observedAccountOf };
const workspace = { shape: workspaceShape, read: observedWorkspaceOf };
const deployment = { shape: deploymentShape, read: observedDeploymentOf };

/** Organizations and users over HTTP. */
export function accountsOf(calls: HubCalls): AccountOperations {
  const place = (path: string) => ({ path, pathTemplate: "/v1/{account}" });
  return {
    list: (options) =>
      calls.page(
        { path: ACCOUNTS_PATH, pathTemplate: ACCOUNTS_PATH },
        options,
        account,
      ),
    tryFind: (options) =>
      calls.tryGet(place(accountPath(options.account)), options, account),
    ensure: (options) =>
      calls.put(place(accountPath(options.account)), options, account),
    delete: (options) =>
      calls.delete(place(accountPath(options.account)), options),
  };
}

/** Workspaces over HTTP. */
export function workspacesOf(calls: HubCalls): WorkspaceOperations {
  const all = (path: string) => ({
    path,
    pathTemplate: "/v1/{account}/workspaces",
  });
  const one = (path: string) => ({
    path,
    pathTemplate: "/v1/{account}/workspaces/{workspace}",
  });
  return {
    list: (options) =>
      calls.page(all(workspacesPath(options.account)), options, workspace),
    tryFind: (options) =>
      calls.tryGet(
        one(workspacePath(options.account, options.name)),
        options,
        workspace,
      ),
    create: (options) => {
      const body = { name: options.name };
      return calls.create(
        { ...all(workspacesPath(options.account)), body },
        options,
        workspace,
      );
    },
    rename: (options) => {
      const body = { name: options.newName };
      return calls.put(
        { ...one(workspacePath(options.account, options.name)), body },
        { signal: options.signal },
        workspace,
      );
    },
    delete: (options) =>
      calls.delete(one(workspacePath(options.account, options.name)), options),
  };
}

/** Deployments, and what they see, over HTTP. */
export function deploymentsOf(calls: HubCalls): DeploymentOperations {
  const all = (path: string) => ({
    path,
    pathTemplate: "/v1/{account}/deployments",
  });
  const one = (path: string) => ({
    path,
    pathTemplate: "/v1/{account}/deployments/{deployment}",
  });
  const effective = (path: string) => ({
    path,
    pathTemplate:
      "/v1/{account}/deployments/{deployment}/effective-connections",
  });
  return {
    list: (options) =>
      calls.page(all(deploymentsPath(options.account)), options, deployment),
    tryFind: (options) =>
      calls.tryGet(
        one(deploymentPath(options.account, options.name)),
        options,
        deployment,
      ),
    create: (options) => {
      const body = { name: options.name, workspace: options.workspace };
      return calls.create(
        { ...all(deploymentsPath(options.account)), body },
        options,
        deployment,
      );
    },
    change: (options) => {
      const { account: owner, name, signal, to } = options;
      return calls.put(
        { ...one(deploymentPath(owner, name)), body: to },
        { signal },
        deployment,
      );
    },
    delete: (options) =>
      calls.delete(one(deploymentPath(options.account, options.name)), options),
    effectiveConnections: (options) =>
      calls.page(
        effective(effectiveConnectionsPath(options.account, options.name)),
        options,
        {
          shape: effectiveConnectionShape,
          read: effectiveConnectionOf,
        },
      ),
    effectiveConnectionsWithSecrets: (options) =>
      calls.page(
        effective(effectiveConnectionsPath(options.account, options.name)),
        options,
        {
          shape: effectiveConnectionWithSecretsShape,
          read: effectiveConnectionWithSecretsOf,
        },
      ),
  };
}

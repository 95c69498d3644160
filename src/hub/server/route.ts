import type { ConnectionKey, Owner } from "../../model";
import type { Account } from "../account";
import type { PageOptions } from "../hub-api";
import type { HubService } from "../hub-service";
import type { TokenScope } from "../token";
import { ownerOf } from "../wire";
import type { RequiredAccess } from "./access";
import type { SchemaName } from "./schemas";

/** One operation of the HTTP API: what the router, the access check and the OpenAPI document need to know. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in OpenAPI: `/v1/{account_kind}/{account}/workspaces`. */
  readonly path: string;
  /** Unique. */
  readonly operationId: string;
  readonly summary: string;
  readonly access: RequiredAccess;
  /** The query parameters that it knows. @default none */
  readonly query?: readonly QueryName[];
  /** @default none */
  readonly body?: SchemaName;
  /** What it answers; a page of these for a listing. @default nothing (204) */
  readonly answer?: SchemaName;
  /** @default false */
  readonly paged?: boolean;
  /** The status of success. @default 200, or 204 without an answer */
  readonly status?: number;
  /** Whether If-Match is heeded. @default false */
  readonly conditional?: boolean;
  handle(
    api: HubService,
    request: RouteRequest,
  ): Promise<RouteAnswer | undefined>;
}

export const queryParameters = {
  limit: "Size of the page: 1 to 100.",
  cursor: "next_cursor of the page before.",
  type: "Only connections of this type.",
  owner:
    "Only of the connections of this owner, for example workspace/analytics.",
} as const;
export type QueryName = keyof typeof queryParameters;

/** A request, decoded as far as every operation needs it. */
export interface RouteRequest {
  readonly account: Account;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Partial<Record<QueryName, string>>>;
  readonly page: PageOptions;
  readonly scope: TokenScope;
  /** From If-Match. */
  readonly concurrencyToken: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** The body, checked against the schema; the type is the schema's counterpart in wire/. */
  body<T>(): T;
  /** A document that a merge patch made, checked against a schema before it is used. */
  checked<T>(schema: SchemaName, document: unknown): T;
}

export interface RouteAnswer {
  readonly body: unknown;
  /** Becomes the ETag. */
  readonly concurrencyToken?: string | undefined;
}

export const ACCOUNT_PATH = "/v1/{account_kind}/{account}";

/** Whose connections a path is about: it goes through a workspace, through a deployment, or neither. */
export function ownerOfPath({ account, parameters }: RouteRequest): Owner {
  const { owner_workspace: workspace, owner_deployment: deployment } =
    parameters;
  if (workspace !== undefined) return { kind: "workspace", name: workspace };
  if (deployment !== undefined) return { kind: "deployment", name: deployment };
  return account;
}

/** The connection that a path is about. */
export function connectionKeyOfPath(request: RouteRequest): ConnectionKey {
  return {
    owner: ownerOfPath(request),
    name: request.parameters["connection"] ?? "",
  };
}

/** The owner whose connections the query narrows a listing to. */
export function ownerOfQuery({ query }: RouteRequest): Owner | undefined {
  return query.owner === undefined ? undefined : ownerOf(query.owner);
}

/** The three places where connections are, for operations that exist in each. */
export const ownerPlaces = [
  { path: ACCOUNT_PATH, suffix: "", of: "the account" },
  {
    path: `${ACCOUNT_PATH}/workspaces/{owner_workspace}`,
    suffix: "OfWorkspace",
    of: "a workspace",
  },
  {
    path: `${ACCOUNT_PATH}/deployments/{owner_deployment}`,
    suffix: "OfDeployment",
    of: "a deployment",
  },
] as const;

export type OwnerPlace = (typeof ownerPlaces)[number];

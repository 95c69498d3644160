import type { Secret } from "../../diagnostics";
import {
  createHttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from "../../http";
import { type CallOptions, type JsonObject, USER_AGENT } from "../../model";
import { exchange, unlessGone } from "../kit";
import {
  type Binding,
  bindingsOfPolicy,
  type ShownConnection,
  shownConnectionOf,
} from "./answers";
import { readDatadogRefusal } from "./errors";

const CONNECTIONS = "/api/v2/actions/connections";
const CONNECTION = `${CONNECTIONS}/{connection_id}`;
const POLICY = "/api/v2/restriction_policy/{resource_id}";

/** Where and as whom; the rest is for tests. */
export type DatadogClientOptions = Pick<
  HttpClientOptions,
  | "baseUrl"
  | "headers"
  | "environment"
  | "log"
  | "fetch"
  | "time"
  | "random"
  | "attemptTimeoutMs"
  | "totalTimeoutMs"
  | "maxAttempts"
> & {
  /** Whether a policy may shut out whoever sets it. @default false */
  readonly allowsSelfLockout?: boolean;
};

interface WriteCallOptions extends CallOptions {
  /** What of the attributes no message may repeat. */
  readonly secrets?: Secret<unknown> | undefined;
}

/** The calls of Datadog's API that connections need. */
export interface DatadogClient {
  create(
    attributes: JsonObject,
    options: WriteCallOptions,
  ): Promise<ShownConnection>;
  /** Undefined only when Datadog itself says that it is not there. */
  tryGet(
    id: string,
    options: CallOptions,
  ): Promise<ShownConnection | undefined>;
  update(
    id: string,
    attributes: JsonObject,
    options: WriteCallOptions,
  ): Promise<ShownConnection>;
  /** Gone already counts as done. */
  delete(id: string, options: CallOptions): Promise<void>;
  /** No bindings where there is no policy. */
  getPolicy(id: string, options: CallOptions): Promise<readonly Binding[]>;
  /** Takes the place of the policy that is there. */
  putPolicy(
    id: string,
    bindings: readonly Binding[],
    options: CallOptions,
  ): Promise<readonly Binding[]>;
  /** Restores the default. */
  deletePolicy(id: string, options: CallOptions): Promise<void>;
}

/** Datadog's API on one site. Opens nothing until the first call. */
export function createDatadogClient({
  allowsSelfLockout = false,
  ...options
}: DatadogClientOptions): DatadogClient {
  const http = createHttpClient({
    ...options,
    readRefusal: readDatadogRefusal,
    userAgent: USER_AGENT,
    credentialAdvice:
      "Check api_key and app_key (or bearer_token) in the provider's datadog block, or DD_API_KEY and DD_APP_KEY (or DD_BEARER_TOKEN) in the environment, and that the site is the one that they are of.",
  });
  const connection = (id: string) => ({
    pathTemplate: CONNECTION,
    pathParameters: { connection_id: id },
  });
  const policy = (id: string) => ({
    pathTemplate: POLICY,
    pathParameters: { resource_id: `connection:${id}` },
  });
  const send = <T>(request: HttpRequest, read: (body: unknown) => T) =>
    exchange(http, request, read);
  return {
    create: (attributes, { signal, secrets }) =>
      send(
        {
          method: "POST",
          pathTemplate: CONNECTIONS,
          body: { data: { type: "action_connection", attributes } },
          secrets: secretsOf(secrets),
          signal,
        },
        shownConnectionOf,
      ),
    tryGet: (id, { signal }) =>
      unlessGone(
        send({ ...connection(id), method: "GET", signal }, shownConnectionOf),
      ),
    update: (id, attributes, { signal, secrets }) =>
      send(
        {
          ...connection(id),
          method: "PATCH",
          body: { data: { type: "action_connection", attributes } },
          secrets: secretsOf(secrets),
          // Sets values and merges by name, so that twice is the same as once; but what is deleted may be missed the second time.
          idempotent: !JSON.stringify(attributes).includes('"deleted":true'),
          signal,
        },
        shownConnectionOf,
      ),
    delete: async (id, { signal }) => {
      await unlessGone(
        http.request({ ...connection(id), method: "DELETE", signal }),
      );
    },
    getPolicy: async (id, { signal }) =>
      (await unlessGone(
        send({ ...policy(id), method: "GET", signal }, bindingsOfPolicy),
      )) ?? [],
    putPolicy: (id, bindings, { signal }) =>
      send(
        {
          ...policy(id),
          method: "POST",
          ...(allowsSelfLockout
            ? { query: { allow_self_lockout: "true" } }
            : {}),
          body: {
            data: {
              type: "restriction_policy",
              id: `connection:${id}`,
              attributes: { bindings },
            },
          },
          // Replaces the whole policy.
          idempotent: true,
          signal,
        },
        bindingsOfPolicy,
      ),
    deletePolicy: async (id, { signal }) => {
      await unlessGone(
        http.request({ ...policy(id), method: "DELETE", signal }),
      );
    },
  };
}

function secretsOf(secrets: Secret<unknown> | undefined) {
  return secrets === undefined ? [] : [secrets];
}

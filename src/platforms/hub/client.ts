import { randomUUID } from "node:crypto";
import { Secret } from "../../diagnostics";
import type { HubApi } from "../../hub";
import { createHttpClient, type HttpClientOptions } from "../../http";
import { USER_AGENT } from "../../model";
import { attachmentsOf, connectionsOf, linksOf } from "./connection-client";
import { HubCalls } from "./calls";
import { readHubRefusal } from "./errors";
import { accountsOf, deploymentsOf, workspacesOf } from "./inventory-client";
import { tokensOf } from "./token-client";

export interface HubClientOptions {
  /** `https://hub.example.com`; plain http only for this machine. */
  readonly endpoint: string;
  readonly token: Secret;
  readonly log?: HttpClientOptions["log"];
  /** For HTTPS_PROXY and NO_PROXY. @default no proxy */
  readonly environment?: HttpClientOptions["environment"];
  /** A new idempotency key on every call. @default random */
  readonly ids?: () => string;
  /** For tests: fetch, clock, time-outs, number of attempts. */
  readonly http?: Pick<
    HttpClientOptions,
    | "fetch"
    | "time"
    | "random"
    | "attemptTimeoutMs"
    | "totalTimeoutMs"
    | "maxAttempts"
  >;
}

/** The hub on a server, through its HTTP API. Opens nothing until the first call. */
export function createHubClient(options: HubClientOptions): HubApi {
  const { endpoint, token, log, environment, ids = randomUUID } = options;
  const http = createHttpClient({
    ...options.http,
    baseUrl: endpoint,
    userAgent: USER_AGENT,
    headers: { authorization: new Secret(`Bearer ${token.reveal().trim()}`) },
    credentialAdvice:
      'Check the token in the provider\'s hub block ("token") or in the environment variable PATCHBAY_TOKEN; "patchbay hub token create" on the server makes a new one.',
    notConnected: (how) =>
      `The hub at ${new URL(endpoint).origin} does not answer (${how}). Start it with "patchbay hub serve", or correct hub.endpoint.`,
    readRefusal: readHubRefusal,
    environment,
    log,
  });
  const calls = new HubCalls(http, ids);
  return {
    accounts: accountsOf(calls),
    workspaces: workspacesOf(calls),
    deployments: deploymentsOf(calls),
    connections: connectionsOf(calls),
    attachments: attachmentsOf(calls),
    links: linksOf(calls),
    tokens: tokensOf(calls),
  };
}

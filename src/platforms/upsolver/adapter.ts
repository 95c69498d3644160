import {
  type Diagnostic,
  errorDiagnostic,
  type Secret,
} from "../../diagnostics";
import {
  createHttpClient,
  type HttpClientOptions,
  type HttpHeaders,
  systemTime,
} from "../../http";
import { type Log, type Owner, type Platform, USER_AGENT } from "../../model";
import { upsolverConnections } from "./connections";
import { StatementClient } from "./client";
import { upsolverIdentity } from "./capabilities";
import { upsolverRules } from "./rules";
import { credentialAdvice, readUpsolverRefusal } from "./errors";

export interface UpsolverAdapterOptions extends Pick<
  HttpClientOptions,
  "environment" | "fetch" | "time" | "random"
> {
  readonly apiUrl: string;
  readonly token: Secret;
  /** Sent with every request. @default none */
  readonly ownHeaders?: HttpHeaders;
  /** The organization that the token is of. Undefined: whatever owner is named is taken to be it. */
  readonly organization: string | undefined;
  /** For a statement that was accepted, until it is done. @default 120,000 */
  readonly patienceMs?: number;
  readonly log?: Log;
}

/** The port over Upsolver's statements. Sends nothing until it is asked. */
export function createUpsolverAdapter(
  options: UpsolverAdapterOptions,
): Platform {
  const { apiUrl, token, organization, log, patienceMs = 120_000 } = options;
  const time = options.time ?? systemTime;
  const http = createHttpClient({
    baseUrl: apiUrl,
    userAgent: USER_AGENT,
    headers: { ...options.ownHeaders, authorization: token },
    credentialAdvice,
    readRefusal: readUpsolverRefusal,
    time,
    ...(options.environment && { environment: options.environment }),
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.random && { random: options.random }),
    ...(log && { log }),
  });
  const client = new StatementClient({ http, time, patienceMs });
  return {
    ...upsolverIdentity,
    rules: upsolverRules,
    connections: upsolverConnections(client, (owner) =>
      ownerFaults(owner, organization),
    ),
    close: () => Promise.resolve(),
  };
}

function ownerFaults(
  owner: Owner,
  organization: string | undefined,
): readonly Diagnostic[] {
  if (owner.kind !== "organization") {
    return [
      errorDiagnostic({
        code: "unsupported",
        path: ["owner"],
        detail: "On Upsolver, connections belong to an organization.",
      }),
    ];
  }
  if (organization === undefined || owner.name === organization) return [];
  return [
    errorDiagnostic({
      code: "invalid_owner",
      path: ["owner"],
      detail: `A token of Upsolver is of one organization, and the provider says that this is ${JSON.stringify(organization)}. For connections of ${JSON.stringify(owner.name)}, configure the provider once more, with a token of that organization.`,
    }),
  ];
}

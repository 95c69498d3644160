import {
  type Contract,
  type ContractException,
  type Standin,
  type StandinAnswer,
  type StandinRequest,
  startStandin,
} from "../kit";
import { connectionError, textError } from "./datadog-answers";
import type { DatadogBehaviour } from "./datadog-behaviour";
import { CONNECTIONS, connectionRoutes } from "./datadog-connection-routes";
import { policyRoutes } from "./datadog-policy-routes";
import { registrationRoutes } from "./datadog-registration-routes";
import {
  type DatadogState,
  madeConnection,
  type StoredConnection,
  type StoredPolicy,
} from "./datadog-store";

export interface DatadogStandinOptions extends DatadogBehaviour {
  /** Whether the application key is registered for the Actions API. @default true */
  readonly registered?: boolean;
  readonly contract?: Contract | undefined;
}

export interface DatadogStandin extends Standin {
  readonly apiKey: string;
  readonly applicationKey: string;
  /** Not its secret: what registering it takes. */
  readonly applicationKeyId: string;
  readonly bearerToken: string;
  /** Everything that is stored, secrets included. */
  stored(): readonly StoredConnection[];
  /** The bindings of a connection's policy; undefined where it has none. */
  policyOf(id: string): StoredPolicy["bindings"] | undefined;
  /** As somebody else does in Datadog. */
  change(id: string, changes: Partial<Omit<StoredConnection, "id">>): void;
  remove(id: string): void;
  /** Something made elsewhere. */
  add(connection: Pick<StoredConnection, "name" | "integration">): string;
}

/** What Datadog answers and its document does not know. */
export const datadogContractExceptions: readonly ContractException[] = [
  ...[
    "acting_user_can_resolve",
    "created_at",
    "last_updated",
    "external_secrets_manager",
    "is_favorite",
    "relationships",
  ].map((field) => ({
    part: "answer" as const,
    about: `(${field})`,
    reason: "recorded answers of 2025 and 2026 hold it",
  })),
  {
    part: "answer",
    about: "/errors/0 breaks #/type (object)",
    reason: "what is refused before it gets to the API has errors as texts",
  },
];

/** Starts a Datadog of one's own. */
export async function startDatadogStandin(
  options: DatadogStandinOptions = {},
): Promise<DatadogStandin> {
  const { registered = true, contract, ...behaviour } = options;
  const keys = {
    apiKey: "standin-api-key",
    applicationKey: "standin-application-key",
    applicationKeyId: "00000000-0000-4000-8000-0000000000aa",
    bearerToken: "standin-bearer-token",
  };
  const initial = (): DatadogState => ({
    connections: {},
    policies: {},
    registeredKeys: registered ? [keys.applicationKeyId] : [],
    count: 0,
  });
  let state = initial();
  const standin = await startStandin({
    routes: [
      ...connectionRoutes(() => state, behaviour),
      ...policyRoutes(() => state, behaviour),
      ...registrationRoutes(() => state),
    ],
    authorize: (request) => authorize(request, keys, state),
    refuse: (status) => connectionError(status, "rpc error: the call failed"),
    state: {
      save: () => structuredClone(state),
      restore: (saved) => {
        state = structuredClone(saved as DatadogState);
      },
    },
    limitHeaders: (seconds) => ({
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Math.ceil(seconds)),
    }),
    credentialHeaders: ["dd-api-key", "dd-application-key"],
    contract,
  });
  return {
    ...standin,
    ...keys,
    stored: () => Object.values(structuredClone(state.connections)),
    policyOf: (id) => state.policies[id]?.bindings,
    change: (id, changes) => {
      state.connections[id] = { ...state.connections[id]!, ...changes };
    },
    remove: (id) => {
      delete state.connections[id];
    },
    add: ({ name, integration }) => {
      const made = madeConnection(state, name, [], integration);
      state.connections[made.id] = made;
      return made.id;
    },
  };
}

/** 403 for everything that is wrong with keys, and for a key that is not registered. */
function authorize(
  { headers, path }: StandinRequest,
  keys: Readonly<Record<string, string>>,
  state: DatadogState,
): StandinAnswer | undefined {
  const bearer = headers["authorization"];
  if (bearer !== undefined) {
    if (bearer === `Bearer ${keys["bearerToken"]}`) return undefined;
    return textError(403, "Forbidden");
  }
  if (
    headers["dd-api-key"] !== keys["apiKey"] ||
    headers["dd-application-key"] !== keys["applicationKey"]
  )
    return textError(403, "Forbidden");
  const known = state.registeredKeys.includes(keys["applicationKeyId"]!);
  if (path.startsWith(CONNECTIONS) && !known)
    return connectionError(403, "application key is not registered");
  return undefined;
}

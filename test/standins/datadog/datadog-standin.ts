import { createHash } from "node:crypto";
import {
  type Contract,
  type ContractException,
  type Standin,
  type StandinAnswer,
  type StandinRequest,
  type StandinRoute,
  startStandin,
} from "../kit";
import {
  answered,
  type DatadogState,
  type Fields,
  objectIn,
  patchedIntegration,
  type StoredConnection,
  type StoredPolicy,
} from "./datadog-store";

export interface DatadogStandinOptions {
  /** Whether answers leave tokens out, as since April 2026, or blank them. @default true */
  readonly omitTokens?: boolean;
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

const CONNECTIONS = "/api/v2/actions/connections";
const REGISTRATIONS = "/api/v2/actions/app_key_registrations";
const POLICY = "/api/v2/restriction_policy/{resource_id}";
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Starts a Datadog of one's own. */
export async function startDatadogStandin(
  options: DatadogStandinOptions = {},
): Promise<DatadogStandin> {
  const { omitTokens = true, registered = true, contract } = options;
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
      ...connectionRoutes(() => state, omitTokens),
      ...policyRoutes(() => state),
      ...registrationRoutes(() => state),
    ],
    authorize: (request) => authorize(request, keys, state),
    refuse: (status) => jsonApiError(status, "the call failed"),
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
    return jsonApiError(403, "application key is not registered");
  return undefined;
}

function connectionRoutes(
  state: () => DatadogState,
  omitTokens: boolean,
): readonly StandinRoute[] {
  const one = `${CONNECTIONS}/{connection_id}`;
  const found = (
    { parameters }: StandinRequest,
    use: (connection: StoredConnection) => StandinAnswer,
  ): StandinAnswer => {
    const id = parameters["connection_id"]!;
    if (!uuidPattern.test(id))
      return jsonApiError(400, "code = InvalidArgument desc = id: not a UUID");
    const connection = state().connections[id.toLowerCase()];
    return connection === undefined
      ? jsonApiError(404, "code = NotFound desc = connection not found")
      : use(connection);
  };
  return [
    {
      method: "POST",
      path: CONNECTIONS,
      handle: ({ body }) => {
        const attributes = attributesOf(body);
        const integration = objectIn(attributes, "integration");
        const fault = faultOf(attributes, integration);
        if (fault !== undefined) return jsonApiError(400, fault);
        const made = madeConnection(
          state(),
          attributes["name"] as string,
          (attributes["tags"] ?? []) as string[],
          integration,
        );
        state().connections[made.id] = made;
        return jsonApi(201, { connection: made, omitTokens, read: false });
      },
    },
    {
      method: "GET",
      path: one,
      handle: (request) =>
        found(request, (connection) =>
          jsonApi(200, { connection, omitTokens, read: true }),
        ),
    },
    {
      method: "PATCH",
      path: one,
      handle: (request) =>
        found(request, (before) => {
          const attributes = attributesOf(request.body);
          const patch = objectIn(attributes, "integration");
          const integration = patchedIntegration(before.integration, patch);
          if (integration === undefined)
            return jsonApiError(
              400,
              "code = InvalidArgument desc = creating: nothing of that name to delete",
            );
          if (patch["type"] !== before.integration["type"])
            return jsonApiError(
              400,
              "code = InvalidArgument desc = creating: integration.type",
            );
          const merged: Fields = { name: before.name, ...attributes };
          const fault = faultOf(merged, integration);
          if (fault !== undefined) return jsonApiError(400, fault);
          const connection: StoredConnection = {
            ...before,
            name: merged["name"] as string,
            tags: (attributes["tags"] ?? before.tags) as string[],
            integration,
            lastUpdated: "2026-11-20 09:00:00.5 +0000 UTC",
          };
          state().connections[before.id] = connection;
          return jsonApi(200, { connection, omitTokens, read: false });
        }),
    },
    {
      method: "DELETE",
      path: one,
      handle: (request) =>
        found(request, ({ id }) => {
          delete state().connections[id];
          delete state().policies[id];
          return { status: 204 };
        }),
    },
  ];
}

/** No 404 here: what has no policy answers an empty one. */
function policyRoutes(state: () => DatadogState): readonly StandinRoute[] {
  const withId = (
    { parameters }: StandinRequest,
    use: (id: string) => StandinAnswer,
  ): StandinAnswer => {
    const resource = parameters["resource_id"]!;
    const [kind, id = ""] = resource.split(":");
    return kind === "connection" && uuidPattern.test(id)
      ? use(id.toLowerCase())
      : textError(400, `Invalid resource id ${resource}`);
  };
  const policy = (id: string): StandinAnswer => ({
    status: 200,
    body: {
      data: {
        type: "restriction_policy",
        id: `connection:${id}`,
        attributes: { bindings: state().policies[id]?.bindings ?? [] },
      },
    },
  });
  return [
    {
      method: "GET",
      path: POLICY,
      handle: (request) => withId(request, policy),
    },
    {
      method: "POST",
      path: POLICY,
      handle: (request) =>
        withId(request, (id) => {
          const bindings = attributesOf(request.body)[
            "bindings"
          ] as StoredPolicy["bindings"];
          const fault = bindings.some(
            ({ relation, principals }) =>
              !["viewer", "resolver", "editor"].includes(relation) ||
              principals.length === 0 ||
              principals.some(
                (principal) => !/^(user|team|role|org):.+$/.test(principal),
              ),
          );
          if (fault)
            return textError(
              400,
              "Invalid binding: allowed principals are user, team, role, org",
            );
          state().policies[id] = { bindings };
          return policy(id);
        }),
    },
    {
      method: "DELETE",
      path: POLICY,
      handle: (request) =>
        withId(request, (id) => {
          delete state().policies[id];
          return { status: 204 };
        }),
    },
  ];
}

function registrationRoutes(
  state: () => DatadogState,
): readonly StandinRoute[] {
  const one = `${REGISTRATIONS}/{app_key_id}`;
  const registration = (id: string) => ({ id, type: "app_key_registration" });
  const answer = (status: number, id: string): StandinAnswer => ({
    status,
    body: { data: registration(id) },
    headers: jsonApiHeaders,
  });
  return [
    {
      method: "GET",
      path: REGISTRATIONS,
      handle: () => {
        const ids = state().registeredKeys;
        return {
          status: 200,
          body: {
            data: ids.map(registration),
            meta: { total: ids.length, total_filtered: ids.length },
          },
          headers: jsonApiHeaders,
        };
      },
    },
    {
      method: "GET",
      path: one,
      handle: ({ parameters }) => {
        const id = parameters["app_key_id"]!;
        return state().registeredKeys.includes(id)
          ? answer(200, id)
          : jsonApiError(404, "not registered");
      },
    },
    {
      method: "PUT",
      path: one,
      handle: ({ parameters }) => {
        const id = parameters["app_key_id"]!;
        if (!uuidPattern.test(id)) return jsonApiError(400, "invalid key id");
        state().registeredKeys.push(id);
        return answer(201, id);
      },
    },
    {
      method: "DELETE",
      path: one,
      handle: ({ parameters }) => {
        const ids = state().registeredKeys;
        const index = ids.indexOf(parameters["app_key_id"]!);
        if (index < 0) return jsonApiError(404, "not registered");
        ids.splice(index, 1);
        return { status: 204 };
      },
    },
  ];
}

/** What the server itself refuses, in its words; the document is the contract's business. */
function faultOf(attributes: Fields, integration: Fields): string | undefined {
  const says = (what: string) =>
    `code = InvalidArgument desc = creating connection: ${what}`;
  if (typeof attributes["name"] !== "string" || attributes["name"] === "")
    return says("name is required");
  const credentials = objectIn(integration, "credentials");
  if (typeof credentials["type"] !== "string")
    return says("integration.credentials is required");
  const account = credentials["account_id"];
  if (account !== undefined && !/^\d{12}$/.test(String(account)))
    return says(`integration.credentials.account_id: ${String(account)}`);
  const names = (credentials["tokens"] ?? []) as readonly Fields[];
  const wrong = names.find(({ name }) => !/^[A-Za-z]\w*$/.test(String(name)));
  if (wrong !== undefined)
    return says(`integration.credentials.tokens: ${JSON.stringify(wrong)}`);
  return undefined;
}

function madeConnection(
  state: DatadogState,
  name: string,
  tags: readonly string[],
  integration: Fields,
): StoredConnection {
  state.count += 1;
  const suffix = String(state.count).padStart(12, "0");
  const given =
    integration["type"] === "AWS"
      ? {
          external_id: createHash("md5").update(suffix).digest("hex"),
          principal_id: "464622532012",
        }
      : {};
  return {
    id: `1d8a3b5c-0000-4000-8000-${suffix}`,
    name,
    tags,
    integration: {
      ...integration,
      credentials: { ...objectIn(integration, "credentials"), ...given },
    },
    createdAt: "2026-07-13 13:25:37.4346 +0000 UTC",
    lastUpdated: "2026-07-13 13:25:37.4346 +0000 UTC",
  };
}

function attributesOf(body: unknown): Fields {
  const data = objectIn((body ?? {}) as Fields, "data");
  return objectIn(data, "attributes");
}

const jsonApiHeaders = { "content-type": "application/vnd.api+json" };

function jsonApi(
  status: number,
  shown: Parameters<typeof answered>[0],
): StandinAnswer {
  return { status, body: answered(shown), headers: jsonApiHeaders };
}

function jsonApiError(status: number, detail: string): StandinAnswer {
  return {
    status,
    body: {
      errors: [{ title: "Generic Error", detail: `rpc error: ${detail}` }],
    },
    headers: jsonApiHeaders,
  };
}

function textError(status: number, text: string): StandinAnswer {
  return { status, body: { errors: [text] } };
}

import { createHash } from "node:crypto";
import type { DatadogBehaviour } from "./datadog-behaviour";

/** An object of the API, as JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A connection as Datadog keeps it, secrets included. */
export interface StoredConnection {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly integration: Fields;
  /** Go's `time.Time.String()`, which is no RFC 3339. */
  readonly createdAt: string;
  readonly lastUpdated: string;
}

export interface StoredPolicy {
  readonly bindings: readonly {
    readonly relation: string;
    readonly principals: readonly string[];
  }[];
}

/** Everything that the stand-in remembers; plain data, so that it can be copied. */
export interface DatadogState {
  readonly connections: Record<string, StoredConnection>;
  readonly policies: Record<string, StoredPolicy>;
  readonly registeredKeys: string[];
  count: number;
}

/** Fields that are never answered but as empty texts, whatever the integration. */
const secretFields: ReadonlySet<string> = new Set([
  "api_token",
  "access_token",
  "client_secret",
  "api_key",
  "api_password",
  "sdk_key",
  "app_key",
  "global_api_key",
  "private_key",
  "password",
]);

export interface AnswerOptions {
  readonly connection: StoredConnection;
  readonly behaviour: DatadogBehaviour;
  /** What is answered: those to writes know less. */
  readonly to: "create" | "update" | "read";
}

/** A connection as it is answered. */
export function answered({ connection, behaviour, to }: AnswerOptions) {
  const { omitTokens = true, undocumentedFields = "all" } = behaviour;
  const { id, name, tags, integration } = connection;
  const leavesOut = omitTokens === "when_read" ? to === "read" : omitTokens;
  const { attributes, ...others } =
    undocumentedFields === "all"
      ? recorded(connection, to)
      : {
          attributes: {},
          ...(undocumentedFields === "null_creator" && {
            relationships: { created_by: { data: null } },
          }),
        };
  return {
    data: {
      id,
      type: "action_connection",
      attributes: {
        name,
        ...(tags.length > 0 && { tags }),
        integration: {
          ...integration,
          credentials: blanked(objectIn(integration, "credentials"), leavesOut),
        },
        ...attributes,
      },
      ...others,
    },
  };
}

/** What no document knows, as recorded in 2026. */
function recorded(
  { createdAt, lastUpdated }: StoredConnection,
  to: AnswerOptions["to"],
) {
  const attributes = {
    acting_user_can_resolve: to === "read",
    external_secrets_manager: null,
    is_favorite: false,
  };
  if (to === "create") return { attributes };
  return {
    attributes: {
      ...attributes,
      created_at: createdAt,
      last_updated: lastUpdated,
    },
    relationships: {
      created_by: {
        data: {
          id: "00000000-0000-4000-8000-00000000000a",
          type: "created_by",
        },
      },
    },
  };
}

function blanked(credentials: Fields, omitTokens: boolean): Fields {
  return Object.fromEntries(
    Object.entries(credentials).flatMap(([field, value]) => {
      if (field === "tokens")
        return omitTokens
          ? []
          : [
              [
                field,
                (value as Fields[]).map((one) => ({ ...one, value: "" })),
              ],
            ];
      return [[field, secretFields.has(field) ? "" : value]];
    }),
  );
}

/** Tags as they are kept. */
export function keptTags(
  tags: readonly string[],
  { normalizesTags = false }: DatadogBehaviour,
): readonly string[] {
  return normalizesTags
    ? [...new Set(tags.map((tag) => tag.toLowerCase()))].sort()
    : tags;
}

/** A connection that was just made: with what Datadog decides. */
export function madeConnection(
  state: DatadogState,
  name: string,
  tags: readonly string[],
  integration: Fields,
): StoredConnection {
  state.count += 1;
  const suffix = String(state.count).padStart(12, "0");
  const given =
    integration["type"] === "AWS"
      ? { external_id: externalId(suffix), principal_id: "464622532012" }
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

/** 32 hexadecimal digits that nobody can choose. */
function externalId(seed: string): string {
  return createHash("md5").update(seed).digest("hex");
}

/** What PATCH makes of the integration: fields are set, lists merged by name. Undefined where something to delete is not there. */
export function patchedIntegration(
  before: Fields,
  patch: Fields,
): Fields | undefined {
  const credentials: Record<string, unknown> = {
    ...objectIn(before, "credentials"),
  };
  for (const [field, value] of Object.entries(objectIn(patch, "credentials"))) {
    if (field === "generate_new_external_id") {
      if (value === true)
        credentials["external_id"] = externalId(
          String(credentials["external_id"]),
        );
      continue;
    }
    const merged = Array.isArray(value)
      ? mergedByName((credentials[field] ?? []) as Fields[], value as Fields[])
      : value;
    if (merged === undefined) return undefined;
    credentials[field] = merged;
  }
  return { ...before, ...patch, credentials };
}

function mergedByName(
  before: readonly Fields[],
  patch: readonly Fields[],
): readonly Fields[] | undefined {
  const items = new Map(before.map((item) => [item["name"], item]));
  for (const { deleted, ...item } of patch) {
    const { name } = item as { readonly name?: unknown };
    if (deleted !== true) items.set(name, item);
    else if (!items.delete(name)) return undefined;
  }
  return [...items.values()];
}

export function objectIn(object: Fields, field: string): Fields {
  const value = object[field];
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

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
  /** Tokens are left out as a whole, as since April 2026. */
  readonly omitTokens: boolean;
  /** A GET knows more than the answers to writes. */
  readonly read: boolean;
}

/** A connection as it is answered. */
export function answered({ connection, omitTokens, read }: AnswerOptions) {
  const { id, name, tags, integration, createdAt, lastUpdated } = connection;
  const credentials = objectIn(integration, "credentials");
  return {
    data: {
      id,
      type: "action_connection",
      attributes: {
        name,
        ...(tags.length > 0 && { tags }),
        integration: {
          ...integration,
          credentials: blanked(credentials, omitTokens),
        },
        acting_user_can_resolve: read,
        external_secrets_manager: null,
        is_favorite: false,
        ...(read && { created_at: createdAt, last_updated: lastUpdated }),
      },
      relationships: {
        created_by: {
          data: {
            id: "00000000-0000-4000-8000-00000000000a",
            type: "created_by",
          },
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

/** What PATCH makes of the integration: fields are set, lists merged by name. Undefined where something to delete is not there. */
export function patchedIntegration(
  before: Fields,
  patch: Fields,
): Fields | undefined {
  const credentials: Record<string, unknown> = {
    ...objectIn(before, "credentials"),
  };
  for (const [field, value] of Object.entries(objectIn(patch, "credentials"))) {
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

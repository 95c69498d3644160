/** Datadog's stand-in. Lists of named things become members, tokens go back to where they are declared. */
import type { JsonObject, JsonValue } from "../../../src/model";
import {
  datadogContract,
  type Fields,
  startDatadogStandin,
} from "../../standins/datadog";
import { openAt } from "../../standins/datadog/open-adapter";
import { flatten, meaningOf } from "../meaning";
import { prefixed, storedFields, type StoredThing } from "../store-view";
import { type Ground, ORGANIZATION } from "./ground";

const relations = { viewer: "view", resolver: "use", editor: "edit" } as const;
const secretNames = [
  "api_password",
  "sdk_key",
  "api_token",
  "global_api_key",
  "client_secret",
];

export async function openDatadogGround(): Promise<Ground> {
  const standin = await startDatadogStandin({
    contract: datadogContract,
  });
  return {
    name: "datadog",
    platform: openAt(standin, { allowsSelfLockout: true }),
    reset: () => {
      for (const { id } of standin.stored()) standin.remove(id);
      standin.clearRequests();
      return Promise.resolve();
    },
    view: () =>
      new Map(
        standin
          .stored()
          .map(({ id, name, tags, integration }): [string, StoredThing] => {
            const { type, config, secrets } = translated(integration);
            const access = (standin.policyOf(id) ?? []).map(
              ({ relation, principals }): [string, JsonValue] => [
                `access.${relations[relation as keyof typeof relations]}`,
                principals.map((one) => one.replace(":", "/")),
              ],
            );
            return [
              `connection organization/${ORGANIZATION}/${name}`,
              {
                id,
                fields: storedFields([
                  ["type", type],
                  ...prefixed("config", meaningOf(type, config)),
                  ...(tags.length === 0
                    ? []
                    : [["config.tags", tags] as const]),
                  ...prefixed("secrets", flatten(secrets)),
                  ...access,
                ]),
              },
            ];
          }),
      ),
    changesSent: () =>
      standin.requests().filter(({ method }) => method !== "GET").length,
    close: () => standin.close(),
  };
}

interface Translated {
  readonly type: string;
  readonly config: JsonObject;
  readonly secrets: JsonObject;
}

function translated(integration: Fields): Translated {
  const credentials = integration["credentials"] as JsonObject;
  if (integration["type"] === "HTTP")
    return http(String(integration["base_url"]), credentials);
  const { type, ...fields } = credentials;
  const isSecret = ([field]: readonly [string, JsonValue]) =>
    secretNames.includes(field);
  const entries = Object.entries(fields);
  return {
    type: `datadog:${String(integration["type"])}`,
    config: {
      ...Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
      ...(integration["type"] === "Cloudflare"
        ? { credentials_type: type! }
        : {}),
    },
    secrets: Object.fromEntries(entries.filter(isSecret)),
  };
}

interface Named {
  readonly name: string;
  readonly value: string;
}

function http(base_url: string, credentials: JsonObject): Translated {
  const list = (field: string) =>
    (credentials[field] ?? []) as unknown as readonly Named[];
  const config: Record<string, JsonValue> = { base_url };
  const headers: Record<string, JsonValue> = {};
  const secrets: Record<string, JsonValue> = {};
  const secretHeaders: Record<string, JsonValue> = {};
  const tokens = new Map(
    list("tokens").map(({ name, value }) => [name, value]),
  );
  const tokenIn = (value: string) =>
    /\{\{ (patchbay\w+) \}\}$/.exec(value)?.[1];
  for (const { name, value } of list("headers")) {
    const token = tokenIn(value);
    if (token === undefined) headers[name] = value;
    else if (token === "patchbayToken") {
      config["token_header"] = name;
      config["token_prefix"] = value.slice(0, value.indexOf("{{")).trim();
      secrets["token"] = tokens.get(token) ?? null;
    } else secretHeaders[name] = tokens.get(token) ?? null;
    if (token !== undefined) tokens.delete(token);
  }
  if (Object.keys(headers).length > 0) config["headers"] = headers;
  if (Object.keys(secretHeaders).length > 0)
    secrets["secret_headers"] = secretHeaders;
  if (tokens.size > 0) secrets["tokens"] = Object.fromEntries(tokens);
  return { type: "http", config, secrets };
}

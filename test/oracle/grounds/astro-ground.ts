/** Astro's stand-in. Of Airflow's fields, the few that the worlds use are translated back by hand. */
import type { JsonObject, JsonValue } from "../../../src/model";
import { Secret } from "../../../src/diagnostics";
import { createAstroAdapter } from "../../../src/platforms/astro/adapter";
import {
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../standins/astro";
import { skippingTime } from "../../standins/kit";
import type { Fields } from "../../standins/astro/astro-world";
import { flatten, meaningOf } from "../meaning";
import { prefixed, storedFields, type StoredThing } from "../store-view";
import { type Ground, SPARE_DEPLOYMENTS } from "./ground";

export async function openAstroGround(): Promise<Ground> {
  const standin = await startAstroStandin({
    moreDeployments: SPARE_DEPLOYMENTS,
  });
  const { world } = standin;
  const nameOf = (id: string) =>
    [...world.workspaces, ...world.deployments].find((one) => one.id === id)!
      .name;
  return {
    name: "astro",
    platform: createAstroAdapter({
      host: standin.url,
      organizationId: STANDIN_ORGANIZATION,
      token: new Secret(STANDIN_TOKEN),
      time: skippingTime(),
    }),
    reset: () => {
      world.objects = [];
      standin.clearRequests();
      return Promise.resolve();
    },
    view: () =>
      new Map(
        world.objects.flatMap((object): (readonly [string, StoredThing])[] => {
          const owner = `${object.scope.toLowerCase()}/${nameOf(object.scopeEntityId)}`;
          const key = `${owner}/${object.objectKey}`;
          const { type, config, secrets } = fromAirflow(object.connection);
          const connection: StoredThing = {
            id: object.id,
            fields: storedFields([
              ["type", type],
              ["description", object.description],
              ["auto_link", object.autoLinkDeployments],
              ["auto_link_except", object.excludeLinks.map(nameOf)],
              ...prefixed("config", meaningOf(type, config)),
              ...prefixed("secrets", flatten(secrets)),
            ]),
          };
          return [
            [`connection ${key}`, connection],
            ...object.links.map(
              ({ deploymentId, overrides }): readonly [string, StoredThing] => {
                const seen = fromAirflow({
                  ...overrides,
                  type: object.connection["type"],
                });
                // Kept in one text with the token, so that it comes along; the connection's type is no override.
                const {
                  token_prefix: _prefix,
                  conn_type: _type,
                  ...plain
                } = seen.config;
                return [
                  `link ${key}@deployment/${nameOf(deploymentId)}`,
                  {
                    fields: storedFields([
                      ...prefixed("overrides", flatten(plain)),
                      ...prefixed("override_secrets", flatten(seen.secrets)),
                    ]),
                  },
                ];
              },
            ),
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

/** Which of the catalogue's fields Airflow's are. A key of extra that is none of them is a member of the last. */
const tables: Readonly<
  Record<
    string,
    {
      readonly type: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly members: string;
    }
  >
> = {
  postgres: {
    type: "postgresql",
    fields: {
      host: "host",
      port: "port",
      schema: "database",
      login: "login",
      "extra.options": "schema",
      "extra.sslmode": "ssl_mode",
    },
    members: "parameters",
  },
  http: {
    type: "http",
    fields: { host: "base_url", login: "login", "extra.verify": "verify_tls" },
    members: "headers",
  },
};

function fromAirflow(stored: Fields): Translated {
  const { type: airflowType, password, extra = {}, ...plain } = stored;
  const members = Object.entries(extra as JsonObject);
  const secret: Record<string, JsonValue> =
    password === undefined ? {} : { password: String(password) };
  // Nothing in what is stored tells how it was declared: of the worlds' types only one is native, and one key a secret.
  if (airflowType !== "airbyte" && !(String(airflowType) in tables)) {
    const isHidden = ([name]: readonly [string, JsonValue]) => name === "key";
    return {
      type: "generic",
      config: {
        ...(plain as JsonObject),
        conn_type: airflowType as string,
        ...within(
          "extra",
          members.filter((member) => !isHidden(member)),
        ),
      },
      secrets: {
        ...secret,
        ...within("secret_extra", members.filter(isHidden)),
      },
    };
  }
  const table = tables[airflowType as string];
  if (table === undefined)
    return {
      type: `astro:${String(airflowType)}`,
      config: { ...(plain as JsonObject), ...within("extra", members) },
      secrets: secret,
    };
  const config: Record<string, JsonValue> = {};
  const secrets: Record<string, JsonValue> = secret;
  const others: [string, JsonValue][] = [];
  for (const [field, value] of Object.entries(plain))
    config[table.fields[field]!] = without(value as JsonValue);
  for (const [name, value] of members) {
    const field = table.fields[`extra.${name}`];
    if (name === "Authorization" && table.type === "http") {
      const [, prefix = "", token = ""] =
        /^(?:(.*) )?([^ ]*)$/.exec(String(value)) ?? [];
      config["token_prefix"] = prefix;
      secrets["token"] = token;
    } else if (field === undefined) others.push([name, without(value)]);
    else
      config[field] = without(
        name === "options"
          ? String(value).replace(/^-c search_path=/, "")
          : value,
      );
  }
  return {
    type: table.type,
    config: { ...config, ...within(table.members, others) },
    secrets,
  };
}

/** Among overrides, an empty text or port is one that the deployment does without. */
function without(value: JsonValue): JsonValue {
  return value === "" || value === 0 ? null : value;
}

function within(
  field: string,
  members: readonly (readonly [string, JsonValue])[],
): JsonObject {
  return members.length === 0 ? {} : { [field]: Object.fromEntries(members) };
}

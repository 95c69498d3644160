/** Upsolver's stand-in. Addresses are read with Node's own URL, properties line by line. */
import type { JsonObject, JsonValue } from "../../../src/model";
import { openAt, startUpsolverStandin } from "../../standins/upsolver";
import type { StoredConnection } from "../../standins/upsolver/upsolver-store";
import { flatten, meaningOf } from "../meaning";
import { prefixed, storedFields, type StoredThing } from "../store-view";
import { type Ground, ORGANIZATION } from "./ground";

export async function openUpsolverGround(): Promise<Ground> {
  const standin = await startUpsolverStandin();
  return {
    name: "upsolver",
    platform: openAt(standin.url, standin.token),
    reset: () => {
      for (const { name } of standin.stored())
        standin.run(`DROP CONNECTION IF EXISTS "${name}"`);
      standin.clearRequests();
      return Promise.resolve();
    },
    view: () =>
      new Map(
        standin.stored().map((stored): [string, StoredThing] => {
          const { type, config, secrets } = translated(stored);
          return [
            `connection organization/${ORGANIZATION}/${stored.name}`,
            {
              fields: storedFields([
                ["type", type],
                ["description", stored.options["COMMENT"] as JsonValue],
                ...prefixed("config", meaningOf(type, config)),
                ...prefixed("secrets", flatten(secrets)),
              ]),
            },
          ];
        }),
      ),
    changesSent: () =>
      standin
        .requests({ method: "POST" })
        .filter(
          ({ body }) =>
            !/^(SELECT|SHOW)/.test((body as { readonly sql: string }).sql),
        ).length,
    close: () => standin.close(),
  };
}

function translated({ type, options }: StoredConnection) {
  const { COMMENT, ...given } = options as Readonly<Record<string, JsonValue>>;
  if (type === "POSTGRES") return postgresql(given);
  if (type === "KAFKA") return kafka(given);
  const { PASSWORD, ...config } = given;
  return {
    type: `upsolver:${type}`,
    config: Object.fromEntries(
      Object.entries(config).map(([option, value]) => [
        option,
        secondsOf(value) ?? value,
      ]),
    ),
    secrets: PASSWORD === undefined ? {} : { PASSWORD },
  };
}

/** `INTERVAL '4' SECONDS` */
function secondsOf(value: JsonValue): number | undefined {
  const [, amount] = /^INTERVAL '(\d+)' SECONDS?$/.exec(String(value)) ?? [];
  return amount === undefined ? undefined : Number(amount);
}

function postgresql({
  CONNECTION_STRING,
  USER_NAME,
  PASSWORD,
}: Readonly<Record<string, JsonValue>>) {
  const { hostname, port, pathname, searchParams } = new URL(
    String(CONNECTION_STRING).replace(/^jdbc:/, ""),
  );
  const config: Record<string, JsonValue> = {
    host: hostname,
    port: Number(port),
    login: USER_NAME!,
  };
  if (pathname.length > 1) config["database"] = pathname.slice(1);
  const schema = searchParams.get("currentSchema");
  if (schema !== null) config["schema"] = schema;
  const mode = searchParams.get("sslmode");
  if (mode !== null) config["ssl_mode"] = mode;
  return {
    type: "postgresql",
    config: config as JsonObject,
    secrets: { password: PASSWORD! },
  };
}

function kafka({
  HOSTS,
  TOPIC_DISPLAY_FILTERS,
  CONSUMER_PROPERTIES,
}: Readonly<Record<string, JsonValue>>) {
  const config: Record<string, JsonValue> = { bootstrap_servers: HOSTS! };
  const plain: Record<string, JsonValue> = {};
  const secret: Record<string, JsonValue> = {};
  if (TOPIC_DISPLAY_FILTERS !== undefined)
    config["topics"] = TOPIC_DISPLAY_FILTERS;
  for (const line of String(CONSUMER_PROPERTIES ?? "").split("\n")) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (name === "security.protocol") config["security_protocol"] = value!;
    else if (name.endsWith(".password")) secret[name] = value!;
    else plain[name] = value!;
  }
  if (Object.keys(plain).length > 0) config["properties"] = plain;
  return {
    type: "kafka",
    config: config as JsonObject,
    secrets: (Object.keys(secret).length > 0
      ? { secret_properties: secret }
      : {}) as JsonObject,
  };
}

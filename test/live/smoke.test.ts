/**
 * One short life of a connection on each live platform. Runs only where the
 * platform's own credentials are in the environment, together with the owner to
 * work in: PATCHBAY_LIVE_ASTRO_OWNER=workspace/analytics, and
 * PATCHBAY_LIVE_ORGANIZATION=acme for owners that do not name their organization.
 */
import { randomBytes } from "node:crypto";
import { Secret } from "../../src/diagnostics";
import {
  type Connection,
  formatConnectionKey,
  type JsonObject,
  parseOwner,
  type Platform,
  type PlatformDefinition,
} from "../../src/model";
import {
  platformDefinitions,
  type PlatformName,
} from "../../src/platforms/registry";

interface Sample {
  readonly type: string;
  readonly config: JsonObject;
  readonly secrets?: JsonObject;
}

/** What is created, used by nobody. Undefined: the platform tests connections at creation, so only reading is tried. */
const samples: Readonly<
  Record<Exclude<PlatformName, "hub">, Sample | undefined>
> = {
  astro: {
    type: "postgresql",
    config: { host: "db.example.com", login: "smoke", port: 5432 },
    secrets: { password: "smoke-test" },
  },
  datadog: {
    type: "datadog:OpenAI",
    config: {},
    secrets: { api_token: "smoke-test" },
  },
  pipes: { type: "pipes:net", config: {} },
  upsolver: undefined,
};

const { env } = process;

function settingsOf(definition: PlatformDefinition) {
  return Object.fromEntries(
    definition.settings.map(({ name, environmentVariable }) => {
      const text =
        environmentVariable === undefined
          ? undefined
          : env[environmentVariable];
      return [
        name,
        text === undefined || text === "" ? undefined : new Secret(text),
      ];
    }),
  );
}

describe.each(Object.entries(samples))("live %s", (name, sample) => {
  const definition = platformDefinitions.find((one) => one.name === name)!;
  const variable = `PATCHBAY_LIVE_${name.toUpperCase()}_OWNER`;
  const hasCredentials = definition.settings.some(
    ({ secret, environmentVariable }) =>
      secret &&
      environmentVariable !== undefined &&
      (env[environmentVariable] ?? "") !== "",
  );
  const live =
    hasCredentials && (env[variable] ?? "") !== "" ? test : test.skip;

  async function withPlatform(
    use: (platform: Platform) => Promise<void>,
  ): Promise<void> {
    const platform = await definition.open({
      settings: settingsOf(definition),
      organization: env["PATCHBAY_LIVE_ORGANIZATION"],
      workingDirectory: process.cwd(),
      environment: env,
      log: {
        trace: () => undefined,
        debug: () => undefined,
        warn: () => undefined,
      },
    });
    try {
      await use(platform);
    } finally {
      await platform.close();
    }
  }

  function owner() {
    const parsed = parseOwner(env[variable] ?? "");
    if (!parsed.ok) throw new Error(`${variable} is not an owner`);
    return parsed.value;
  }

  live("lists what is there", () =>
    withPlatform(async ({ connections }) => {
      // Datadog has no listing.
      await connections.list?.(owner());
    }),
  );

  if (sample === undefined) return;

  live("keeps a connection from its creation to its deletion", () =>
    withPlatform(async ({ connections }) => {
      const connection: Connection = {
        owner: owner(),
        name: `smoke_${randomBytes(4).toString("hex")}`,
        type: sample.type,
        config: sample.config,
        ...(sample.secrets === undefined
          ? {}
          : { secrets: new Secret(sample.secrets) }),
      };
      const { platformId } = await connections.create(connection);
      try {
        const found = await connections.tryFind(connection, { platformId });
        expect(found && formatConnectionKey(found)).toBe(
          formatConnectionKey(connection),
        );
        expect(found?.config).toEqual(sample.config);
        expect(JSON.stringify(found)).not.toContain("smoke-test");
      } finally {
        await connections.delete(connection, { platformId });
      }
      expect(
        await connections.tryFind(connection, { platformId }),
      ).toBeUndefined();
    }),
  );
});

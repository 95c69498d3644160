/** What is declared, made on Astro's stand-in, as a deployment gets it from there. */
import { checkFields } from "../../src/catalog";
import { PatchbayError, Secret } from "../../src/diagnostics";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  leafPaths,
  type Platform,
} from "../../src/model";
import { type AstroStandin, idOf, openWithStandin } from "../standins/astro";
import type { RealCase } from "./cases/real-case";

/** A connection as it is in Airflow's own words. */
export interface AirflowFields {
  readonly conn_type: string;
  readonly host?: string;
  readonly schema?: string;
  readonly login?: string;
  readonly password?: string;
  readonly port?: number;
  readonly extra?: JsonObject;
}

export interface Stored {
  readonly fields?: AirflowFields;
  /** What was refused of it, by path; with `without`, as it should be. */
  readonly refused: readonly string[];
  /** Why nothing was stored. */
  readonly failure?: string;
}

const owner = { kind: "workspace", name: "analytics" } as const;
const deployment = "prod";
const deploymentId = idOf("d", 1);

export async function storedConnections(
  cases: readonly RealCase[],
): Promise<readonly Stored[]> {
  const { platform, standin } = await openWithStandin();
  try {
    const stored: Stored[] = [];
    for (const [index, one] of cases.entries())
      stored.push(await store(one, `c${index}`, platform, standin));
    return stored;
  } finally {
    await platform.close();
  }
}

async function store(
  one: RealCase,
  name: string,
  platform: Platform,
  standin: AstroStandin,
): Promise<Stored> {
  const key = { owner, name };
  const declared = (
    config: JsonObject,
    secrets: JsonObject = {},
  ): Connection => ({
    ...key,
    type: one.type,
    config,
    secrets: new Secret(secrets),
  });
  const refused = (
    platform.connections.check?.(declared(one.config, one.secrets)) ?? []
  ).map(({ path }) => (path ?? []).join("."));
  const { without = [] } = one;
  const held = declared(
    leaving(one.config, without),
    leaving(one.secrets ?? {}, without),
  );
  try {
    requireValid(held);
    if (one.before !== undefined) {
      const before = declared(one.before.config, one.before.secrets);
      await platform.connections.create(before);
      await platform.connections.update(key, held, { known: known(before) });
    } else await platform.connections.create(held);
    if (one.link !== undefined)
      await platform.links!.create(
        {
          connection: key,
          deployment,
          overrides: one.link.config,
          overrideSecrets: new Secret(one.link.secrets ?? {}),
        },
        { known: known(held) },
      );
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    return { refused, failure: error.message };
  }
  return { refused, fields: deployed(standin, name) };
}

/** As what a door remembers it. */
function known({ type, config, secrets }: Connection): KnownAs {
  return {
    type,
    config,
    secretFields: leafPaths(secrets?.reveal() ?? {}),
  };
}

/** The rules that every door checks before an adapter sees a declaration. */
function requireValid({ type, config, secrets }: Connection): void {
  const faults = checkFields({
    type,
    config,
    secrets: secrets?.reveal(),
    secretsPath: "secrets",
    secretsComplete: true,
  });
  if (faults.length > 0) throw new PatchbayError(faults);
}

function leaving(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => !names.includes(field)),
  );
}

/** The connection, with what the deployment overrides: extra key by key. An empty override, or null, does without the field. */
function deployed(standin: AstroStandin, name: string): AirflowFields {
  const object = standin.world.objects.find(
    ({ objectKey }) => objectKey === name,
  )!;
  const overrides =
    object.links.find((link) => link.deploymentId === deploymentId)
      ?.overrides ?? {};
  const { type, ...fields } = object.connection as JsonObject;
  const extra = { ...objectAt(fields), ...objectAt(overrides as JsonObject) };
  const effective = { ...fields, ...(overrides as JsonObject), extra };
  const isSet = ([field, value]: [string, JsonValue]) =>
    value !== null && value !== "" && !(field === "port" && value === 0);
  return {
    ...Object.fromEntries(Object.entries(effective).filter(isSet)),
    conn_type: String(type),
    extra: Object.fromEntries(
      Object.entries(extra).filter(([, value]) => value !== null),
    ),
  };
}

function objectAt(fields: JsonObject): JsonObject {
  return (fields["extra"] ?? {}) as JsonObject;
}

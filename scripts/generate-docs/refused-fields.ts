import {
  type ConnectionType,
  examplesOf,
  isSecretField,
} from "../../src/catalog";
import { Secret } from "../../src/diagnostics";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
  objectOf,
  type Platform,
  type PlatformDefinition,
} from "../../src/model";

/** A field of a type that a platform cannot hold. */
export interface RefusedField {
  readonly platform: string;
  readonly field: string;
  /** The platform's own words: why, and what to do instead. */
  readonly reason: string;
}

/** What the platforms say while planning of each field of the type; asked of the adapters themselves, which call nobody for that. */
export async function refusedFields(
  type: ConnectionType,
  definitions: readonly PlatformDefinition[],
): Promise<readonly RefusedField[]> {
  const all = await Promise.all(
    definitions.map(async (definition) => {
      const { types } = definition.capabilities;
      return types !== "all" && types.includes(type.name)
        ? await refusedBy(definition, type)
        : [];
    }),
  );
  return all.flat();
}

async function refusedBy(
  definition: PlatformDefinition,
  type: ConnectionType,
): Promise<readonly RefusedField[]> {
  const platform = await openAsExample(definition);
  try {
    return Object.keys(type.schema.properties).flatMap((field) => {
      const reason = reasonAgainst(platform, type, field);
      return reason === undefined
        ? []
        : [{ platform: definition.title, field, reason }];
    });
  } finally {
    await platform.close();
  }
}

function openAsExample(definition: PlatformDefinition): Promise<Platform> {
  return definition.open({
    settings: Object.fromEntries(
      definition.settings.flatMap(({ name, secret, example }) =>
        secret || example !== undefined
          ? [[name, new Secret(example ?? "example")]]
          : [],
      ),
    ),
    organization: "acme",
    workingDirectory: process.cwd(),
    environment: {},
    log: { trace: ignored, debug: ignored, warn: ignored },
  });
}

function ignored(): void {}

/** The complaint about the field in every example that can have it; undefined where one passes. */
function reasonAgainst(
  { capabilities, connections }: Platform,
  type: ConnectionType,
  field: string,
): string | undefined {
  const reasons = examplesWith(type, field).map(
    ({ config, secrets }) =>
      connections
        .check?.({
          owner: {
            kind: capabilities.owners[0]!,
            name: "acme",
          } as Connection["owner"],
          name: "example",
          type: type.name,
          config,
          secrets: new Secret(secrets),
        })
        .find(({ path }) => path[1] === field)?.detail,
  );
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function examplesWith(
  type: ConnectionType,
  field: string,
): readonly { readonly config: JsonObject; readonly secrets: JsonObject }[] {
  const examples = examplesOf(type).map(({ config, secrets }) => ({
    config: config as JsonObject,
    secrets: secrets as JsonObject,
  }));
  const having = examples.filter(
    ({ config, secrets }) =>
      Object.hasOwn(config, field) || Object.hasOwn(secrets, field),
  );
  if (having.length > 0) return having;
  const [value] = type.schema.properties[field]?.examples ?? [];
  const place = isSecretField(type.name, [field]) ? "secrets" : "config";
  return examples.map((example) => ({
    ...example,
    [place]: objectOf([
      ...Object.entries(example[place]),
      [field, value as JsonValue] as const,
    ]),
  }));
}

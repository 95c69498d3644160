import type { JsonValue } from "../../model";
import { platformDefinitions as platforms } from "../../platforms/registry";
import { ProviderContext } from "../provider-context";
import { attributeOf, codesOf } from "./core-fixture";
import { createProviderService } from "./provider-service";

/** States of other providers, whatever stands in them. */
const warnings: string[] = [];
const context = new ProviderContext({
  platforms,
  environment: {},
  workingDirectory: "/nowhere",
  log: {
    trace: () => undefined,
    debug: () => undefined,
    warn: (message: string) => void warnings.push(message),
  },
});
const service = createProviderService(context);
const moves = platforms.flatMap(({ moves: own }) => own ?? []);

/** What their attributes are called; those that a resource has not are left out by nobody. */
const names = [
  "id",
  "name",
  "handle",
  "plugin",
  "config",
  "organization",
  "workspace",
  "tenant",
  "connection_id",
  "connection_handle",
  "workspace_schema_id",
  "object_key",
  "object_type",
  "scope",
  "scope_entity_id",
  "connection",
  "links",
  "exclude_links",
  "auto_link_deployments",
  "aws",
  "http",
];
const wrong: readonly JsonValue[] = [
  null,
  "",
  "x/y",
  5,
  true,
  [],
  [null],
  [[]],
  {},
  { type: 5, extra: [], host: {} },
  [{ scope: 5, overrides: [] }],
];
const good: Readonly<Record<string, JsonValue>> = {
  id: "id-1",
  name: "warehouse",
  handle: "warehouse",
  plugin: "turbot/aws",
  config: '{"regions":["eu-west-1"]}',
  organization: "acme",
  workspace: "analytics",
  connection_id: "c_1",
  connection_handle: "warehouse",
  object_key: "warehouse",
  object_type: "CONNECTION",
  scope: "WORKSPACE",
  scope_entity_id: "w1",
  connection: { type: "postgres", host: "db" },
};

async function moved(
  { sourceProvider, sourceType, targetType }: (typeof moves)[number],
  state: string,
  sourceProviderAddress = `registry.terraform.io/${sourceProvider}`,
) {
  warnings.length = 0;
  const { diagnostics = [] } = await service.moveResourceState!(
    {
      sourceProviderAddress,
      sourceTypeName: sourceType,
      sourceSchemaVersion: 0,
      sourceState: { json: Buffer.from(state), flatmap: {} },
      targetTypeName: targetType,
      sourcePrivate: new Uint8Array(),
      sourceIdentitySchemaVersion: 0,
    },
    new AbortController().signal,
  );
  return diagnostics;
}

test.each(moves.map((move) => [move.sourceType, move] as const))(
  "a state of %s of a wrong shape is refused or read, and no bug of ours",
  async (_type, move) => {
    const states = [
      "",
      "{",
      "[]",
      "5",
      "null",
      '"x"',
      ...names.flatMap((name) =>
        wrong.map((value) => JSON.stringify({ ...good, [name]: value })),
      ),
    ];
    for (const state of states) {
      const diagnostics = await moved(move, state);
      const found = { state, codes: codesOf(diagnostics), warnings };
      expect(found.codes).not.toContain("internal_error");
      expect({ state, warnings }).toEqual({ state, warnings: [] });
      for (const one of diagnostics)
        expect(attributeOf([one]).length).toBeLessThan(2);
    }
  },
);

// OpenTofu 1.10.0 to 1.10.10, 1.11.0 to 1.11.11 and 1.12.0 to 1.12.3 send the bare name.
test.each(moves.map((move) => [move.sourceType, move] as const))(
  "a state of %s is taken from every way to name its provider, and from no other",
  async (_type, move) => {
    const [, name = ""] = move.sourceProvider.split("/");
    const refused = async (address: string) =>
      codesOf(await moved(move, "{}", address));
    const usual = await refused(`registry.opentofu.org/${move.sourceProvider}`);
    expect(await refused(name)).toEqual(usual);
    const other = await refused(`x${name}`);
    expect(other).toEqual(["move_refused"]);
    expect(JSON.stringify(await moved(move, "{}", name))).not.toContain(
      "cannot be moved to",
    );
  },
);

import type { JsonObject } from "../../model";
import { recordOfSchema, schemaType } from "../schema/schema-type";
import { encodeDynamicValue, UNKNOWN } from "../wire";
import {
  type Action,
  attributeOf,
  codesOf,
  type Declared,
  dynamic,
  type StoredObject,
} from "./core-fixture";
import {
  applied,
  attachment,
  connection,
  link,
  setUp,
  workspace,
} from "./declared-fixture";
import { decodeRecord, resourceOf } from "./schema-of";
import { toStateJson } from "./state-json-fixture";

const declared: readonly Declared[] = [
  workspace(),
  {
    address: "deployment.prod",
    type: "patchbay_deployment",
    config: () => ({ name: "prod", workspace: "analytics" }),
  },
  connection({ secrets_wo: dynamic({ password: "geheim" }) }),
  attachment(),
  link({ overrides: dynamic({ port: 6432 }) }),
];
const addresses = declared.map(({ address }) => address);
const warehouse = "connection.warehouse";

const { core } = setUp();
let good: ReadonlyMap<string, StoredObject>;
beforeAll(async () => {
  await applied(core, declared);
  good = new Map(core.stored);
});
beforeEach(() => {
  core.warnings.length = 0;
});

/** The state as it should be, with what is wrong about it. */
function stateWith(address: string, wrong: JsonObject): string {
  const state = toStateJson(good.get(address)!.state) as JsonObject;
  return JSON.stringify({ ...state, ...wrong });
}

function load(address: string, state: string) {
  for (const [other, object] of good) core.stored.set(other, object);
  return core.load(address, { ...good.get(address)!, state });
}

describe("a state of a wrong shape names the attribute", () => {
  const secret = { value: { password: [] }, type: ["object", { password: 1 }] };

  test.each<[address: string, wrong: JsonObject, path: string]>([
    [warehouse, { config: "text" }, "config"],
    [warehouse, { config: ["geheim"] }, "config"],
    [warehouse, { config: { value: { host: "geheim" } } }, "config"],
    [warehouse, { config: { type: "string" } }, "config"],
    [warehouse, { config: { value: "geheim", type: "nonsense" } }, "config"],
    [
      warehouse,
      { config: { value: { port: [] }, type: ["object", { port: "number" }] } },
      "config.value.port",
    ],
    [warehouse, { secrets: "geheim" }, "secrets"],
    [warehouse, { secrets: secret }, "secrets"],
    [warehouse, { secrets_wo: "geheim" }, "secrets_wo"],
    [warehouse, { secrets_revision: "x" }, "secrets_revision"],
    [warehouse, { secrets_revision: [] }, "secrets_revision"],
    [warehouse, { secrets_version: {} }, "secrets_version"],
    [warehouse, { auto_link: "x" }, "auto_link"],
    [warehouse, { auto_link_except: {} }, "auto_link_except"],
    [warehouse, { auto_link_except: "staging" }, "auto_link_except"],
    [warehouse, { auto_link_except: ["a", {}] }, "auto_link_except[1]"],
    [warehouse, { access: [] }, "access"],
    [warehouse, { access: { view: "team/a" } }, "access.view"],
    [warehouse, { secret_fields: {} }, "secret_fields"],
    [warehouse, { name: {} }, "name"],
    [warehouse, { id: [] }, "id"],
    [warehouse, { parent: {} }, "parent"],
    [warehouse, { deletion_protection: "x" }, "deletion_protection"],
    [warehouse, { status: [] }, "status"],
    ["attachment.analytics", { connection_id: {} }, "connection_id"],
    ["attachment.analytics", { workspace: [] }, "workspace"],
    ["link.prod", { overrides: "text" }, "overrides"],
    ["link.prod", { override_secrets: "geheim" }, "override_secrets"],
    ["link.prod", { effective: [] }, "effective"],
    ["link.prod", { override_secret_fields: {} }, "override_secret_fields"],
    [
      "link.prod",
      { override_secrets_revision: "x" },
      "override_secrets_revision",
    ],
    ["workspace.analytics", { owner: {} }, "owner"],
    ["deployment.prod", { workspace: {} }, "workspace"],
  ])("%s with %j", async (address, wrong, path) => {
    const diagnostics = await load(address, stateWith(address, wrong));
    expect(codesOf(diagnostics)).toEqual(["invalid_field"]);
    expect(attributeOf(diagnostics)).toEqual([/^\w+/.exec(path)![0]]);
    expect(diagnostics[0]!.detail).toContain(`\nPath: ${path}\n`);
    expectNoBug(diagnostics[0]!.detail);
  });

  test.each(addresses)("%s without an id", async (address) => {
    for (const state of [stateWith(address, { id: null }), "{}"]) {
      const diagnostics = await load(address, state);
      expect(codesOf(diagnostics)).toEqual(["invalid_id"]);
      expect(attributeOf(diagnostics)).toEqual(["id"]);
      expectNoBug(diagnostics[0]!.detail);
    }
  });

  test.each(["nonsense", "organization/acme/", "5"])(
    "each with the id %j, as soon as it is read",
    async (id) => {
      for (const address of addresses) {
        expect(await load(address, stateWith(address, { id }))).toEqual([]);
        const { diagnostics } = await core.plan(declared);
        expect(codesOf(diagnostics)).toHaveLength(1);
        expect(codesOf(diagnostics)[0]).toMatch(/^invalid_(id|name|owner)$/);
        expect(attributeOf(diagnostics)).toEqual(["id"]);
        expectNoBug(diagnostics[0]!.detail);
      }
    },
  );
});

test.each(["", "{", '{"id":"geheim"', "[]", '"geheim"', "5"])(
  "a state that is %j is told to be none",
  async (state) => {
    const diagnostics = await load(warehouse, state);
    expect(codesOf(diagnostics)).toEqual(["invalid_field"]);
    expect(diagnostics[0]!.detail).toContain("The state of this patchbay_");
    expectNoBug(diagnostics[0]!.detail);
  },
);

describe("a state of another shape is read where nothing is lost by it", () => {
  const allNull = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, null]));

  test.each<[address: string, wrong: JsonObject, action: Action]>([
    [warehouse, { whatever: { deep: [1] } }, "no-op"],
    [warehouse, { access: { unknown: ["x"] } }, "no-op"],
    [warehouse, { name: 5 }, "no-op"],
    [warehouse, { auto_link: "true", deletion_protection: null }, "no-op"],
    [warehouse, { auto_link_except: [null] }, "no-op"],
    [warehouse, { secrets_revision: "1" }, "no-op"],
    [warehouse, { secrets_revision: 1.5 }, "no-op"],
    // Nothing was given out yet: sent once more, which is safe.
    [warehouse, { secrets_revision: null }, "update"],
    [warehouse, { secret_fields: [1] }, "no-op"],
    [warehouse, allNull(["name", "type", "owner", "config"]), "no-op"],
    [warehouse, allNull(["status", "secret_fields", "platform_id"]), "no-op"],
    [warehouse, { type: "nonsense", owner: "nonsense" }, "no-op"],
    [warehouse, { config: { value: "text", type: "string" } }, "no-op"],
    [warehouse, { config: { value: [1], type: ["list", "number"] } }, "no-op"],
    [warehouse, { config: { value: null, type: "dynamic" } }, "no-op"],
    [warehouse, { secrets_wo: { value: "x", type: "string" } }, "no-op"],
    ["attachment.analytics", { connection_id: 5, workspace: null }, "no-op"],
    ["attachment.analytics", { platform_id: null }, "no-op"],
    ["link.prod", allNull(["connection_id", "deployment"]), "no-op"],
    ["link.prod", { overrides: { value: "x", type: "string" } }, "no-op"],
    ["link.prod", { effective: { value: "x", type: "string" } }, "no-op"],
    ["link.prod", allNull(["overrides", "effective"]), "no-op"],
    ["link.prod", allNull(["override_secret_fields"]), "no-op"],
    ["link.prod", { override_secrets_revision: null }, "no-op"],
    ["workspace.analytics", allNull(["name", "owner"]), "no-op"],
    ["deployment.prod", allNull(["workspace", "platform_id"]), "no-op"],
  ])("%s with %j", async (address, wrong, action) => {
    expect(await load(address, stateWith(address, wrong))).toEqual([]);
    const walk = await core.plan(declared);
    expect(walk.diagnostics).toEqual([]);
    expect(walk.objects.get(address)!.action).toBe(action);
    await load(address, stateWith(address, wrong));
    const unread = await core.plan(declared, { refresh: false });
    // Without a refresh such a state plans a replacement, which names the uses.
    expect(
      unread.diagnostics.filter(({ detail = "" }) => !/in_use$/.test(detail)),
    ).toEqual([]);
    expect(core.warnings).toEqual([]);
  });

  test("and attributes that an older build did not write are null", async () => {
    const { id, name, type } = good.get(warehouse)!.state;
    const old = JSON.stringify({ id, name, type });
    expect(await load(warehouse, old)).toEqual([]);
    const walk = await core.plan(declared);
    expect(walk.diagnostics).toEqual([]);
    expect(walk.objects.get(warehouse)!.action).toBe("update");
  });
});

test("a write-only secret that somebody put into the state does not stay there", async () => {
  const wrong = {
    secrets_wo: {
      value: { password: "geheim" },
      type: ["object", { password: "string" }],
    },
  };
  expect(await load(warehouse, stateWith(warehouse, wrong))).toEqual([]);
  expect(core.stored.get(warehouse)!.state["secrets_wo"]).toBeNull();
});

test("a write-only secret that a client kept is not passed on, also where nothing can be read yet", async () => {
  const { core: later } = setUp({ provider: { organization: UNKNOWN } });
  await later.configure();
  const { schema } = resourceOf("patchbay_connection");
  const state = recordOfSchema(schema, {
    ...good.get(warehouse)!.state,
    secrets_wo: dynamic({ password: "geheim" }),
  });
  const { newState } = await later.service.readResource(
    {
      typeName: "patchbay_connection",
      currentState: encodeDynamicValue(schemaType(schema), state),
      private: new Uint8Array(),
    },
    new AbortController().signal,
  );
  expect(decodeRecord(schema, newState)).toEqual({
    ...state,
    secrets_wo: null,
  });
});

test("a connection that was moved here and not read yet needs no id", async () => {
  const { platform_id, name, type } = good.get(warehouse)!.state;
  const state = JSON.stringify({ platform_id, name, type });
  expect(await load(warehouse, state)).toEqual([]);
});

function expectNoBug(detail: string | undefined): void {
  expect(detail).not.toMatch(/bug|geheim|\bat .*\.ts/);
  expect(core.warnings).toEqual([]);
}

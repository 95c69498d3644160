import { dataSources } from "../data-sources";
import { resources } from "../resources";
import { providerSchema } from "../schema/provider";
import { recordOfSchema, schemaType } from "../schema/schema-type";
import {
  type CtyRecord,
  type CtyValue,
  decodeDynamicValue,
  encodeDynamicValue,
  type Schema,
  UNKNOWN,
} from "../wire";
import { codesOf, dynamic, type SimulatedCore } from "./core-fixture";
import { type Given, setUp } from "./declared-fixture";

/** While the provider block is not wholly known, nothing can be asked. */

const { signal } = new AbortController();
const capabilities = (deferralAllowed: boolean) => ({
  deferralAllowed,
  writeOnlyAttributesAllowed: true,
  storePlannedPrivate: false,
  computedBlocksAllowed: false,
});

const encoded = (schema: Schema, given: Given) =>
  encodeDynamicValue(schemaType(schema), recordOfSchema(schema, given));

async function undecided(): Promise<SimulatedCore> {
  const { core } = setUp();
  const schema = providerSchema(core.context.environment.platforms);
  await core.service.configureProvider(
    {
      terraformVersion: "1.14.0",
      config: encoded(schema, { organization: UNKNOWN }),
    },
    signal,
  );
  return core;
}

const lookUps: readonly (readonly [string, Given])[] = [
  ["patchbay_connection", { name: "warehouse" }],
  ["patchbay_connections", {}],
  ["patchbay_connection_usage", { connection_id: "organization/acme/x" }],
  [
    "patchbay_effective_connection",
    { connection_id: "organization/acme/x", deployment: "prod" },
  ],
  ["patchbay_workspace", { name: "analytics" }],
  ["patchbay_workspaces", {}],
  ["patchbay_deployment", { name: "prod" }],
  ["patchbay_deployments", {}],
];

async function read(typeName: string, given: Given, deferralAllowed: boolean) {
  const core = await undecided();
  const { schema } = dataSources.get(typeName)!;
  const answer = await core.service.readDataSource!(
    {
      typeName,
      config: encoded(schema, given),
      clientCapabilities: capabilities(deferralAllowed),
    },
    signal,
  );
  const state =
    answer.state === undefined
      ? undefined
      : (decodeDynamicValue(schemaType(schema), answer.state) as CtyRecord);
  return { ...answer, state };
}

test.each(lookUps)(
  "a look-up with %s is deferred where the client can wait, what it is to tell not known",
  async (typeName, given) => {
    const { deferred, diagnostics, state } = await read(typeName, given, true);
    expect(deferred).toEqual({ reason: "providerConfigUnknown" });
    expect(diagnostics).toBeUndefined();
    expect(state).toMatchObject(given);
    expect(
      Object.values(state!).some((value: CtyValue) => value === UNKNOWN),
    ).toBe(true);
  },
);

test.each(lookUps)(
  "a look-up with %s says what is not known yet where the client cannot wait, and of no missing argument",
  async (typeName, given) => {
    const { deferred, diagnostics } = await read(typeName, given, false);
    expect(deferred).toBeUndefined();
    expect(codesOf(diagnostics)).toEqual(["not_known_yet"]);
  },
);

test("the table of connection types is answered without the platform", async () => {
  const answer = await read("patchbay_connection_types", {}, true);
  expect(answer.deferred).toBeUndefined();
  expect(answer.diagnostics).toBeUndefined();
});

test.each([true, false])(
  "a resource is read and planned without the platform, and waits where the client can: %s",
  async (deferralAllowed) => {
    const core = await undecided();
    const typeName = "patchbay_connection";
    const { schema } = resources.get(typeName)!;
    const given = {
      name: "warehouse",
      type: "postgresql",
      config: dynamic({ host: "h", login: "l" }),
    };
    const clientCapabilities = capabilities(deferralAllowed);
    const reason = deferralAllowed
      ? { reason: "providerConfigUnknown" }
      : undefined;
    const state = encoded(schema, { ...given, id: "organization/acme/x" });
    const seen = await core.service.readResource(
      {
        typeName,
        currentState: state,
        private: new Uint8Array(),
        clientCapabilities,
      },
      signal,
    );
    expect(seen.diagnostics).toBeUndefined();
    expect(seen.newState).toEqual(state);
    expect(seen.deferred).toEqual(reason);
    const secrets_wo = dynamic({ password: "geheim" });
    const planned = await core.service.planResourceChange(
      {
        typeName,
        priorState: encodeDynamicValue(schemaType(schema), null),
        proposedNewState: encoded(schema, {
          ...given,
          secrets_wo,
          id: UNKNOWN,
        }),
        config: encoded(schema, { ...given, secrets_wo }),
        priorPrivate: new Uint8Array(),
        plannedPrivate: new Uint8Array(),
        clientCapabilities,
      },
      signal,
    );
    expect(planned.deferred).toEqual(reason);
    expect(planned.diagnostics ?? []).toEqual([]);
    expect(
      decodeDynamicValue(schemaType(schema), planned.plannedState),
    ).toMatchObject({ name: "warehouse", id: UNKNOWN, secrets_wo: null });
  },
);

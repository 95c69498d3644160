import type { Capabilities, Feature } from "../../model";
import { everyCapability } from "../../testing";
import type { Declared } from "./core-fixture";
import { attributeOf, codesOf, dynamic } from "./core-fixture";
import {
  applied,
  attachment,
  connection,
  type Given,
  link,
  setUp,
  workspace,
} from "./declared-fixture";

const without = (...lacking: readonly Feature[]): Capabilities => ({
  ...everyCapability,
  features: everyCapability.features.filter(
    (feature) => !lacking.includes(feature),
  ),
});
const secrets = dynamic({ password: "pw-1" });

describe("what a platform has not", () => {
  test.each<[feature: Feature, argument: string, given: Given]>([
    ["description", "description", { description: "What it is for." }],
    ["auto_link", "auto_link", { auto_link: true }],
    [
      "access",
      "access",
      { access: { view: ["user/ann"], use: null, edit: null } },
    ],
    ["folders", "parent", { parent: "Production" }],
    ["verify", "verify", { verify: "on_change" }],
  ])("a connection is refused %s, at %s", async (feature, argument, given) => {
    const { core, platform } = setUp({ capabilities: without(feature) });
    const { diagnostics } = await core.plan([connection(given)]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(diagnostics)).toEqual([argument]);
    expect(platform.callCounts()).toEqual({});
  });

  test("what is turned off is not asked for", async () => {
    const { core } = setUp({ capabilities: without("auto_link", "verify") });
    await applied(core, [connection({ auto_link: false, verify: "off" })]);
  });

  test.each<[feature: Feature, argument: string, given: Given]>([
    ["overrides", "overrides", { overrides: dynamic({ schema: "PROD" }) }],
    ["override_secrets", "override_secrets", { override_secrets: secrets }],
    [
      "override_secrets",
      "override_secrets_wo",
      { override_secrets_wo: secrets },
    ],
  ])("a link is refused %s, at %s", async (feature, argument, given) => {
    const { core } = setUp({ capabilities: without(feature) });
    const { diagnostics } = await core.plan([
      connection(),
      attachment(),
      link(given),
    ]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(diagnostics)).toEqual([argument]);
  });

  test.each<[feature: Feature, declared: Declared]>([
    ["links", link()],
    ["attachments", attachment()],
    ["manage_inventory", workspace()],
  ])("without %s there is none of them", async (feature, declared) => {
    const { core } = setUp({ capabilities: without(feature) });
    const { diagnostics } = await core.plan([connection(), declared]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
  });

  test.each<[what: string, argument: string, limits: object, given: Given]>([
    [
      "an owner",
      "owner",
      { owners: ["organization"] },
      { owner: "workspace/analytics" },
    ],
    ["a type", "type", { types: ["mysql", "kafka"] }, {}],
  ])("%s is refused, at %s", async (_what, argument, limits, given) => {
    const { core } = setUp({ capabilities: { ...everyCapability, ...limits } });
    const { diagnostics } = await core.plan([connection(given)]);
    expect(codesOf(diagnostics)).toEqual(["unsupported"]);
    expect(attributeOf(diagnostics)).toEqual([argument]);
  });
});

import { TerraformVariable } from "cdktf";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { faultsOf, synthesize } from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import { PatchbayProvider } from "./patchbay-provider";
import { generatorMetadata } from "./resources/provider-binding";
import { Secret } from "./secret";

const connection = { type: "generic", config: { conn_type: "ftp" } };
const required = {
  patchbay: {
    source: "patchbay/patchbay",
    version: generatorMetadata.providerVersion,
  },
};

test("the provider has the version of the package", () => {
  const text = readFileSync(join(__dirname, "../../package.json"), "utf8");
  expect(generatorMetadata.providerVersion).toBe(
    (JSON.parse(text) as { version: string }).version,
  );
});

test("a stack without a provider gets one with defaults", () => {
  const { terraform, provider } = synthesize(
    (stack) => new Connection(stack, "c", connection),
  );
  expect(terraform.required_providers).toEqual(required);
  expect(provider).toEqual({
    patchbay: [{ hub: { path: resolve(".patchbay") } }],
  });
});

test("a provider that is declared late takes the place of the one with defaults", () => {
  const { terraform, provider } = synthesize((stack) => {
    new Connection(stack, "c", connection);
    new PatchbayProvider(stack, "patchbay", {
      organization: "acme",
      hub: { path: "/srv/hub" },
    });
  });
  expect(terraform.required_providers).toEqual(required);
  expect(provider).toEqual({
    patchbay: [{ organization: "acme", hub: { path: "/srv/hub" } }],
  });
});

test("an aliased provider manages what names it, and the default the rest", () => {
  const { provider, resource } = synthesize((stack) => {
    const other = new PatchbayProvider(stack, "other", {
      alias: "other",
      hub: { path: "/srv/hub" },
    });
    const named = new Connection(stack, "named", {
      ...connection,
      provider: other,
    });
    named.attachTo("a");
    new Connection(stack, "plain", connection);
  });
  expect(provider["patchbay"]).toEqual(
    expect.arrayContaining([
      { alias: "other", hub: { path: "/srv/hub" } },
      { hub: { path: resolve(".patchbay") } },
    ]),
  );
  expect(resource["patchbay_connection"]).toMatchObject({
    named: { provider: "patchbay.other" },
  });
  expect(
    Object.values(resource["patchbay_workspace_attachment"] ?? {}),
  ).toMatchObject([{ provider: "patchbay.other" }]);
  expect(resource["patchbay_connection"]?.["plain"]).not.toHaveProperty(
    "provider",
  );
});

test("only an aliased provider needs no default", () => {
  const { provider } = synthesize((stack) => {
    const other = new PatchbayProvider(stack, "other", {
      alias: "other",
      hub: { path: "/srv/hub" },
    });
    new Connection(stack, "named", { ...connection, provider: other });
  });
  expect(provider["patchbay"]).toHaveLength(1);
});

test("a hub server gets its address, and its token by reference", () => {
  const { provider, variable } = synthesize((stack) => {
    new PatchbayProvider(stack, "patchbay", {
      organization: new TerraformVariable(stack, "organization", {})
        .stringValue,
      hub: {
        endpoint: "https://hub.example",
        token: Secret.fromVariable(stack, "HUB_TOKEN"),
      },
    });
  });
  expect(provider).toEqual({
    patchbay: [
      {
        organization: "${var.organization}",
        hub: { endpoint: "https://hub.example", token: "${var.HUB_TOKEN}" },
      },
    ],
  });
  expect(variable["HUB_TOKEN"]).toMatchObject({ ephemeral: true });
});

test.each<[title: string, props: object, fault: RegExp]>([
  [
    "a literal token",
    { hub: { endpoint: "https://h.example", token: "hunter2" } },
    /at hub\.token \(literal_secret\)/,
  ],
  [
    "an impossible organization",
    { organization: "a/b" },
    /at organization \(invalid_name\)/,
  ],
])("%s is a fault", (_title, props, fault) => {
  const faults = faultsOf(
    (stack) => new PatchbayProvider(stack, "patchbay", props as never),
  );
  expect(faults).toEqual([expect.stringMatching(fault)]);
  expect(faults.join()).not.toContain("hunter2");
});

import { TerraformVariable } from "cdktf";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { faultsOf, synthesize } from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import { PatchbayProvider } from "./patchbay-provider";
import { platformBlocks } from "./platform-settings.generated";
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

describe("where cdktf runs OpenTofu", () => {
  const before = process.env["TERRAFORM_BINARY_NAME"];
  afterEach(() => {
    if (before === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
    else process.env["TERRAFORM_BINARY_NAME"] = before;
  });

  test("the provider's address names its host, which cdktf would take for Terraform's", () => {
    process.env["TERRAFORM_BINARY_NAME"] = "tofu";
    const { terraform } = synthesize(
      (stack) => new Connection(stack, "c", connection),
    );
    expect(terraform.required_providers).toEqual({
      patchbay: {
        ...required.patchbay,
        source: "registry.opentofu.org/patchbay/patchbay",
      },
    });
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

test("what exists is taken over where the provider says so", () => {
  const { provider } = synthesize(
    (stack) => new PatchbayProvider(stack, "patchbay", { adoptExisting: true }),
  );
  expect(provider["patchbay"]).toMatchObject([{ adopt_existing: true }]);
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

test("another platform takes the place of the hub, its secrets by reference", () => {
  const { provider, variable } = synthesize((stack) => {
    new PatchbayProvider(stack, "patchbay", {
      organization: "acme",
      hub: undefined,
      astro: {
        organizationId: "${not.interpolated}",
        host: new TerraformVariable(stack, "host", {}).stringValue,
        token: Secret.fromVariable(stack, "ASTRO_TOKEN"),
      },
    });
  });
  expect(provider).toEqual({
    patchbay: [
      {
        organization: "acme",
        astro: {
          organization_id: "$${not.interpolated}",
          host: "${var.host}",
          token: "${var.ASTRO_TOKEN}",
        },
      },
    ],
  });
  expect(variable["ASTRO_TOKEN"]).toMatchObject({
    sensitive: true,
    ephemeral: true,
  });
});

test("secrets of one platform may come from where they are kept and from where they are not", () => {
  const { provider } = synthesize((stack) => {
    new PatchbayProvider(stack, "patchbay", {
      datadog: {
        apiKey: Secret.fromVariable(stack, "API_KEY", { storeInState: true }),
        appKey: Secret.fromVariable(stack, "APP_KEY"),
        bearerToken: new TerraformVariable(stack, "token", {})
          .stringValue as never,
      },
    });
  });
  expect(provider).toEqual({
    patchbay: [
      {
        datadog: {
          api_key: "${var.API_KEY}",
          app_key: "${var.APP_KEY}",
          bearer_token: "${var.token}",
        },
      },
    ],
  });
});

test.each(platformBlocks.filter(({ prop }) => prop !== "hub"))(
  "$prop may get all its settings from the environment",
  ({ prop, argument }) => {
    const { provider } = synthesize(
      (stack) => new PatchbayProvider(stack, "patchbay", { [prop]: {} }),
    );
    expect(provider).toEqual({ patchbay: [{ [argument]: {} }] });
  },
);

test("each platform of a stack has a provider of its own", () => {
  const { provider } = synthesize((stack) => {
    new PatchbayProvider(stack, "patchbay", { pipes: {} });
    new PatchbayProvider(stack, "airflow", { alias: "airflow", astro: {} });
  });
  expect(provider).toEqual({
    patchbay: [{ pipes: {} }, { alias: "airflow", astro: {} }],
  });
});

test.each<[title: string, props: object, fault: RegExp]>([
  [
    "a literal token",
    { hub: { endpoint: "https://h.example", token: "hunter2" } },
    /at hub\.token \(literal_secret\)/,
  ],
  [
    "a literal token of another platform",
    { datadog: { appKey: "hunter2" } },
    /at datadog\.appKey \(literal_secret\)/,
  ],
  [
    "a secret where none belongs",
    { pipes: { host: Secret.unsafePlainText("hunter2") } },
    /at pipes\.host \(secret_in_config\)/,
  ],
  [
    "a setting that the platform does not have",
    { astro: { organization_id: "hunter2" } },
    /at astro\.organization_id \(unknown_field\).*Did you mean "organizationId"\?/,
  ],
  [
    "a second platform",
    { hub: { path: "/srv/hub" }, astro: {} },
    /at astro \(conflicting_arguments\).*this one names hub and astro\./,
  ],
  [
    "an impossible organization",
    { organization: "a " },
    /at organization \(invalid_name\)/,
  ],
])("%s is a fault", (_title, props, fault) => {
  const faults = faultsOf(
    (stack) => new PatchbayProvider(stack, "patchbay", props as never),
  );
  expect(faults).toEqual([expect.stringMatching(fault)]);
  expect(faults.join()).not.toContain("hunter2");
});

test("two providers without an alias are refused, with the stack's name", () => {
  const faults = faultsOf((stack) => {
    new PatchbayProvider(stack, "one", { organization: "acme" });
    new PatchbayProvider(stack, "two", { organization: "acme" });
    new PatchbayProvider(stack, "other", { alias: "other" });
  });
  expect(faults).toEqual([
    expect.stringMatching(
      /^\[stack\/one\] .*duplicate_name.*The stack "stack" has another PatchbayProvider without an alias\./,
    ),
  ]);
});

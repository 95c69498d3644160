import { TerraformVariable, Token } from "cdktf";
import {
  faultsOf,
  synthesize,
  synthesizeUnchecked,
} from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import {
  DataPatchbayConnection,
  DataPatchbayConnectionUsage,
} from "./data-sources";
import { Deployment } from "./deployment";
import { PatchbayProvider } from "./patchbay-provider";
import { Secret } from "./secret";
import { Workspace } from "./workspace";

const postgresql = {
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
};

test("a connection becomes one resource, with everything that was said of it", () => {
  const { resource, variable } = synthesize((stack) => {
    const staging = new Deployment(stack, "staging", {
      workspace: "analytics",
    });
    new Connection(stack, "orders", {
      ...postgresql,
      name: "shop orders",
      owner: "user/jane",
      description: "The shop's orders.",
      secrets: {
        password: Secret.fromVariable(stack, "ORDERS_PASSWORD", {
          description: "Of the replica.",
        }),
      },
      secretsVersion: "2",
      autoLink: true,
      autoLinkExcept: [staging, "sandbox"],
      access: { view: ["team/data"], edit: ["user/jane"] },
      verify: "on_change",
      deletionProtection: true,
      lifecycle: { preventDestroy: true },
      dependsOn: [staging],
    });
  });
  expect(resource["patchbay_connection"]).toEqual({
    orders: {
      name: "shop orders",
      type: "postgresql",
      owner: "user/jane",
      description: "The shop's orders.",
      config: { host: "db.example.com", login: "loader" },
      secrets_wo: { password: "${var.ORDERS_PASSWORD}" },
      secrets_version: "2",
      auto_link: true,
      auto_link_except: ["${patchbay_deployment.staging.name}", "sandbox"],
      access: { view: ["team/data"], edit: ["user/jane"] },
      verify: "on_change",
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
      depends_on: ["patchbay_deployment.staging"],
    },
  });
  expect(variable).toEqual({
    ORDERS_PASSWORD: {
      type: "string",
      sensitive: true,
      ephemeral: true,
      nullable: false,
      description: "Of the replica.",
    },
  });
});

test("values of every kind arrive as they were given", () => {
  const extra = {
    list: [1, "two", [3], { four: null }],
    empty: {},
    none: [],
    deep: { a: { b: [true] } },
    camelCase: 1,
    number: -123456789,
  };
  const { resource } = synthesize((stack) => {
    new Connection(stack, "c", {
      type: "generic",
      config: { conn_type: "ftp", port: 21, extra, host: undefined },
    });
  });
  expect(resource["patchbay_connection"]?.["c"]?.["config"]).toEqual({
    conn_type: "ftp",
    port: 21,
    extra: { ...extra, number: "${-123456789}" },
  });
});

test("tokens may stand anywhere, and nothing about them is checked", () => {
  const { resource } = synthesize((stack) => {
    const variable = new TerraformVariable(stack, "v", {});
    new Connection(stack, "c", {
      type: "kafka",
      name: `c-${variable.stringValue}`,
      owner: variable.stringValue,
      config: {
        bootstrap_servers: variable.listValue,
        security_protocol: variable.value,
        topics: [variable.stringValue, `t-${variable.stringValue}`],
        properties: { [variable.stringValue]: "x" },
      },
      autoLink: variable.booleanValue,
    });
    new Connection(stack, "d", {
      type: "postgresql",
      config: {
        host: `${variable.stringValue}.example.com`,
        port: variable.numberValue,
        login: "l",
        parameters: Token.asStringMap(variable.value),
      },
    });
    new Connection(stack, "e", {
      type: variable.stringValue,
      config: variable.value,
    });
  });
  expect(resource["patchbay_connection"]).toEqual({
    c: {
      name: "c-${var.v}",
      type: "kafka",
      owner: "${var.v}",
      config: {
        bootstrap_servers: "${var.v}",
        security_protocol: "${var.v}",
        topics: ["${var.v}", "t-${var.v}"],
        properties: { "${var.v}": "x" },
      },
      auto_link: "${var.v}",
    },
    d: {
      name: "d",
      type: "postgresql",
      config: {
        host: "${var.v}.example.com",
        port: "${var.v}",
        login: "l",
        parameters: "${var.v}",
      },
    },
    e: { name: "e", type: "${var.v}", config: "${var.v}" },
  });
});

describe("a fault names the construct, the field and the code", () => {
  test.each<[title: string, props: object, fault: RegExp]>([
    [
      "an unknown type",
      { type: "postgres" },
      /^\[stack\/c\] Unknown connection type at type \(unknown_type\): .*"postgresql"/,
    ],
    [
      "an unknown field",
      { type: "postgresql", config: { host: "h", login: "l", prot: 1 } },
      /^\[stack\/c\] Unknown field at config\.prot \(unknown_field\): .*"port"/,
    ],
    [
      "a wrong value",
      { type: "postgresql", config: { host: "h", login: "l", port: "many" } },
      /^\[stack\/c\] .* at config\.port \(invalid_field\)/,
    ],
    [
      "a missing field",
      { type: "postgresql", config: { host: "h" } },
      /^\[stack\/c\] Missing required field at config\.login \(missing_field\)/,
    ],
    [
      "a secret field in config",
      {
        type: "postgresql",
        config: { host: "h", login: "l", password: "hunter2" },
      },
      /^\[stack\/c\] Secret among plain fields at config\.password \(secret_in_config\)/,
    ],
    [
      "a Secret in config",
      {
        type: "postgresql",
        config: {
          host: "h",
          login: "l",
          database: Secret.unsafePlainText("hunter2"),
        },
      },
      /^\[stack\/c\] Secret among plain fields at config\.database \(secret_in_config\)/,
    ],
    [
      "a plain field in secrets",
      {
        ...postgresql,
        secrets: { database: Secret.unsafePlainText("hunter2") },
      },
      /^\[stack\/c\] Plain field in secrets at secrets\.database \(plain_field_in_secrets\)/,
    ],
    [
      "a literal where a secret belongs",
      { ...postgresql, secrets: { password: "hunter2" } },
      /^\[stack\/c\] Secret given in clear at secrets\.password \(literal_secret\)/,
    ],
    [
      "a literal deep in the secrets",
      {
        type: "http",
        config: { base_url: "https://a.example" },
        secrets: { secret_headers: { "X-Api-Key": "hunter2" } },
      },
      /^\[stack\/c\] Secret given in clear at secrets\.secret_headers\["?X-Api-Key"?\] \(literal_secret\)|secret_headers\.X-Api-Key \(literal_secret\)/,
    ],
    [
      "a literal disguised as a reference",
      { ...postgresql, secrets: { password: Secret.fromToken("hunter2") } },
      /^\[stack\/c\] Secret given in clear at secrets\.password \(literal_secret\)/,
    ],
    [
      "secrets kept in different ways",
      {
        ...postgresql,
        secrets: {
          password: Secret.unsafePlainText("hunter2", { storeInState: true }),
          ssl_key: Secret.unsafePlainText("hunter2"),
        },
      },
      /^\[stack\/c\] Conflicting arguments at secrets \(conflicting_arguments\)/,
    ],
    [
      "a name that breaks keys",
      { ...postgresql, name: "a " },
      /^\[stack\/c\] Invalid name at name \(invalid_name\)/,
    ],
    [
      "an owner that is none",
      { ...postgresql, owner: "acme" },
      /^\[stack\/c\] Invalid owner at owner \(invalid_owner\)/,
    ],
    [
      "a value that is no data",
      {
        type: "generic",
        config: {
          conn_type: "ftp",
          extra: { when: new Date(0), how: () => 1, many: NaN },
        },
      },
      /^\[stack\/c\] Invalid field value at config\.extra\.when \(invalid_field\)/,
    ],
  ])("%s", (_title, props, fault) => {
    const faults = faultsOf(
      (stack) => new Connection(stack, "c", props as never),
    );
    expect(faults).toContainEqual(expect.stringMatching(fault));
    expect(faults.join()).not.toContain("hunter2");
  });
});

test("all faults of a tree are reported at once", () => {
  const faults = faultsOf((stack) => {
    const a = new Connection(stack, "a", { type: "nothing" });
    new Connection(stack, "b", {
      type: "mysql",
      config: { hots: "h" },
      secrets: { password: "hunter2" as never },
    });
    a.linkTo("x ");
  });
  expect(
    faults.map((fault) =>
      /^\[([^\]]*)\].*?\((\w+)\)/.exec(fault)?.slice(1).join(" "),
    ),
  ).toEqual(
    expect.arrayContaining([
      "stack/a unknown_type",
      "stack/a/deployment-x  invalid_name",
      "stack/b unknown_field",
      "stack/b missing_field",
      "stack/b literal_secret",
    ]),
  );
});

test("a value that contains itself is reported, not followed", () => {
  const extra: Record<string, unknown> = {};
  extra["self"] = extra;
  expect(
    faultsOf(
      (stack) =>
        new Connection(stack, "c", {
          type: "generic",
          config: { conn_type: "ftp", extra: extra as never },
        }),
    ),
  ).toEqual([expect.stringContaining("contains itself")]);
});

test("a literal secret is not written even where nobody checks", () => {
  const document = synthesizeUnchecked((stack) => {
    new Connection(stack, "c", {
      ...postgresql,
      secrets: { password: "hunter2" as never },
    });
  });
  expect(document).not.toContain("hunter2");
});

describe("the same name twice under one owner", () => {
  test("names both constructs", () => {
    const faults = faultsOf((stack) => {
      new Connection(stack, "first", { ...postgresql, name: "warehouse" });
      new Connection(stack, "second", {
        ...postgresql,
        name: "warehouse",
        owner: "organization/acme",
      });
      new PatchbayProvider(stack, "patchbay", { organization: "acme" });
    });
    expect(faults).toEqual([
      expect.stringMatching(
        /^\[stack\/second\] .*\(duplicate_name\).*"stack\/first".*"stack\/second"/,
      ),
    ]);
  });

  test("is no fault under two owners, or on two platforms", () => {
    const faults = faultsOf((stack) => {
      const other = new PatchbayProvider(stack, "other", {
        alias: "other",
        hub: { endpoint: "https://hub.example" },
      });
      new Connection(stack, "first", { ...postgresql, name: "warehouse" });
      new Connection(stack, "second", {
        ...postgresql,
        name: "warehouse",
        owner: "user/jane",
      });
      new Connection(stack, "third", {
        ...postgresql,
        name: "warehouse",
        provider: other,
      });
    });
    expect(faults).toEqual([]);
  });

  test("concerns workspaces and deployments too", () => {
    const faults = faultsOf((stack) => {
      new Workspace(stack, "w1", { name: "analytics" });
      new Workspace(stack, "w2", { name: "analytics" });
      new Deployment(stack, "d1", { name: "prod", workspace: "analytics" });
      new Deployment(stack, "d2", { name: "prod", workspace: "other" });
    });
    expect(faults).toEqual([
      expect.stringMatching(/^\[stack\/w2\] .*\(duplicate_name\)/),
      expect.stringMatching(/^\[stack\/d2\] .*\(duplicate_name\)/),
    ]);
  });
});

test("the outputs of a connection are references to its resource", () => {
  const { data } = synthesize((stack) => {
    const c = new Connection(stack, "c", postgresql);
    new DataPatchbayConnectionUsage(stack, "usage", { connectionId: c.id });
    new DataPatchbayConnection(stack, "copy", { name: c.name, owner: c.owner });
  });
  expect(data).toEqual({
    patchbay_connection_usage: {
      usage: { connection_id: "${patchbay_connection.c.id}" },
    },
    patchbay_connection: {
      copy: {
        name: "${patchbay_connection.c.name}",
        owner: "${patchbay_connection.c.owner}",
      },
    },
  });
});

test("a connection that exists is imported by its natural key", () => {
  const document = synthesize((stack) => {
    new Connection(stack, "c", postgresql).importFrom("organization/acme/c");
  });
  expect((document as unknown as { import: unknown }).import).toEqual([
    { id: "organization/acme/c", to: "patchbay_connection.c" },
  ]);
});

test("synthesis takes time in proportion to the number of connections", () => {
  const time = (count: number) => {
    const start = process.hrtime.bigint();
    synthesize((stack) => {
      for (let index = 0; index < count; index += 1) {
        const connection = new Connection(stack, `c${index}`, {
          ...postgresql,
          secrets: { password: Secret.fromVariable(stack, "PASSWORD") },
        });
        connection.attachTo("analytics");
        connection.linkTo("prod", { overrides: { schema: "PROD" } });
      }
    });
    return Number(process.hrtime.bigint() - start);
  };
  time(40);
  // Quadratic would be 100 times as long; the slack is for a busy machine.
  expect(time(400) / time(40)).toBeLessThan(40);
});

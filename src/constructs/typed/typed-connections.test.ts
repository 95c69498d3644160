import { TerraformVariable } from "cdktf";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { faultsOf, synthesize } from "../../../test/cdktf/synthesis";
import * as api from "../..";
import { type ConnectionType, listConnectionTypes } from "../../catalog";
import { Secret } from "../secret";
import {
  classPrefixOf,
  generateTypedConnections,
} from "./generate-typed-connections";
import {
  HttpConnection,
  KafkaConnection,
  SnowflakeConnection,
} from "./index.generated";
import { TypedConnection } from "./typed-connection";

test("the generated files are up to date: npm run generate", () => {
  const written = readdirSync(__dirname)
    .filter((name) => name.endsWith(".generated.ts"))
    .map((name) => ({
      name,
      text: readFileSync(join(__dirname, name), "utf8"),
    }));
  const generated = [...generateTypedConnections(listConnectionTypes())];
  expect(written).toEqual(
    generated.sort((left, right) => (left.name < right.name ? -1 : 1)),
  );
});

test("every type of the catalogue has its construct in the public API", () => {
  const classes = listConnectionTypes().map(
    ({ name }) => `${classPrefixOf(name)}Connection`,
  );
  expect(Object.keys(api)).toEqual(expect.arrayContaining(classes));
});

test("props become the schema's fields, secrets apart", () => {
  const { resource } = synthesize((stack) => {
    new HttpConnection(stack, "api", {
      description: "An API.",
      baseUrl: "https://api.example",
      headers: { "X-camelCase": "stays" },
      body: { contentType: "application/json", content: "{}" },
      secretHeaders: { "X-Api-Key": Secret.fromVariable(stack, "KEY") },
      verifyTls: new TerraformVariable(stack, "tls", {}).booleanValue,
      token: undefined,
    });
  });
  expect(resource["patchbay_connection"]?.["api"]).toEqual({
    name: "api",
    type: "http",
    description: "An API.",
    config: {
      base_url: "https://api.example",
      headers: { "X-camelCase": "stays" },
      body: { content_type: "application/json", content: "{}" },
      verify_tls: "${var.tls}",
    },
    secrets_wo: { secret_headers: { "X-Api-Key": "${var.KEY}" } },
  });
});

test("overrides take the same names as the props, or the catalogue's", () => {
  const { resource } = synthesize((stack) => {
    const api = new HttpConnection(stack, "api", {
      baseUrl: "https://api.example",
    });
    api.linkTo("a", {
      overrides: { baseUrl: "https://a.example", urlParameters: null },
    });
    api.linkTo("b", { overrides: { base_url: "https://b.example" } as never });
  });
  expect(
    Object.values(resource["patchbay_deployment_link"] ?? {}).map(
      (link) => link["overrides"],
    ),
  ).toEqual(
    expect.arrayContaining([
      { base_url: "https://a.example" },
      { base_url: "https://b.example" },
    ]),
  );
});

test("faults are told in the words of the props", () => {
  const faults = faultsOf((stack) => {
    new HttpConnection(stack, "api", {
      baseUrl: "ftp://x",
      body: { contentType: "json", content: "{}" },
      token: "hunter2" as never,
    });
    new KafkaConnection(stack, "events", {
      bootstrapServers: ["no port"],
      topcis: [],
    } as never);
    new SnowflakeConnection(stack, "warehouse", {
      account: "a",
      login: Secret.unsafePlainText("hunter2"),
    } as never);
  });
  const places = faults.map((fault) =>
    /^\[stack\/(\w+)\].*? at (\S+) \((\w+)\)/.exec(fault)?.slice(1).join(" "),
  );
  expect(places).toEqual(
    expect.arrayContaining([
      "api baseUrl invalid_field",
      "api body.contentType invalid_field",
      "api token literal_secret",
      "events bootstrapServers[0] invalid_field",
      "events topcis unknown_field",
      "warehouse login secret_in_config",
    ]),
  );
  expect(faults.join()).not.toContain("hunter2");
});

describe("the generator refuses a type whose fields would hide each other", () => {
  test.each([
    [
      "two fields with one prop name",
      ["base_url", "base__url"],
      /base__url of x would be the prop baseUrl/,
    ],
    [
      "a field named like a prop of every connection",
      ["auto_link"],
      /a prop that every connection has/,
    ],
  ])("%s", (_title, fields, message) => {
    const type = {
      name: "x",
      title: "X",
      description: "X.",
      schema: {
        type: "object",
        properties: Object.fromEntries(
          fields.map((field) => [field, { type: "string" }]),
        ),
      },
    };
    expect(() =>
      generateTypedConnections([type as unknown as ConnectionType]),
    ).toThrow(message);
  });
});

test("typed connections are connections", () => {
  synthesize((stack) => {
    const api = new HttpConnection(stack, "api", {
      baseUrl: "https://api.example",
    });
    expect(api).toBeInstanceOf(TypedConnection);
    expect(api.attachTo("analytics").node.path).toBe(
      "stack/api/workspace-analytics",
    );
  });
});

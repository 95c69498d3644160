import { type TerraformStack, TerraformVariable } from "cdktf";
import { inspect } from "node:util";
import { faultsOf, synthesize } from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import { Secret } from "./secret";

const http = { type: "http", config: { base_url: "https://api.example" } };

test("a variable is declared once per stack, however often it is used", () => {
  const { variable, resource } = synthesize((stack) => {
    for (const id of ["a", "b"]) {
      new Connection(stack, id, {
        ...http,
        secrets: { token: Secret.fromVariable(stack, "API_TOKEN") },
      });
    }
  });
  expect(variable).toEqual({
    API_TOKEN: {
      type: "string",
      sensitive: true,
      ephemeral: true,
      nullable: false,
    },
  });
  expect(resource["patchbay_connection"]?.["b"]).toMatchObject({
    secrets_wo: { token: "${var.API_TOKEN}" },
  });
});

test("a stack with an ephemeral variable says which clients know that; what the app says itself holds", () => {
  const required = (declare: (stack: TerraformStack) => void) =>
    synthesize((stack) => {
      new Connection(stack, "a", http);
      declare(stack);
    }).terraform.required_version;
  const ephemeral = (stack: TerraformStack) =>
    void Secret.fromVariable(stack, "API_TOKEN");
  expect(required(ephemeral)).toBe(">= 1.11");
  expect(
    required((stack) => {
      stack.addOverride("terraform.required_version", "~> 1.12");
      ephemeral(stack);
    }),
  ).toBe("~> 1.12");
  expect(
    required((stack) => {
      ephemeral(stack);
      Secret.fromVariable(stack, "API_TOKEN", { storeInState: true });
    }),
  ).toBeUndefined();
});

test("a secret that the state keeps is not ephemeral, and older clients can read the document", () => {
  const { variable, resource } = synthesize((stack) => {
    new Connection(stack, "a", {
      ...http,
      secrets: { token: Secret.fromVariable(stack, "API_TOKEN") },
    });
    new Connection(stack, "b", {
      ...http,
      secrets: {
        token: Secret.fromVariable(stack, "API_TOKEN", { storeInState: true }),
      },
    });
  });
  expect(variable).toEqual({
    API_TOKEN: { type: "string", sensitive: true, nullable: false },
  });
  expect(resource["patchbay_connection"]).toMatchObject({
    a: { secrets_wo: { token: "${var.API_TOKEN}" } },
    b: { secrets: { token: "${var.API_TOKEN}" } },
  });
});

test("secrets in nested fields, from tokens and in clear", () => {
  const { resource } = synthesize((stack) => {
    const variable = new TerraformVariable(stack, "v", {});
    new Connection(stack, "a", {
      ...http,
      secrets: {
        secret_headers: {
          "X-Key": Secret.unsafePlainText("a${b}"),
          "X-Other": Secret.fromToken(variable.stringValue),
        },
        secret_url_parameters: { "${key}": Secret.fromToken(variable.value) },
      },
    });
  });
  expect(resource["patchbay_connection"]?.["a"]?.["secrets_wo"]).toEqual({
    secret_headers: { "X-Key": "a$${b}", "X-Other": "${var.v}" },
    secret_url_parameters: { "$${key}": "${var.v}" },
  });
});

test("no secrets at all differs from an empty set of them", () => {
  const { resource } = synthesize((stack) => {
    new Connection(stack, "silent", http);
    new Connection(stack, "empty", { ...http, secrets: {} });
  });
  expect(resource["patchbay_connection"]?.["silent"]).not.toHaveProperty(
    "secrets_wo",
  );
  expect(resource["patchbay_connection"]?.["empty"]).toMatchObject({
    secrets_wo: {},
  });
});

test("a variable needs a name that Terraform takes", () => {
  expect(
    faultsOf((stack) => {
      new Connection(stack, "a", {
        ...http,
        secrets: { token: Secret.fromVariable(stack, "API TOKEN") },
      });
    }),
  ).toEqual([
    expect.stringMatching(
      /^\[stack\/PatchbaySecrets\/API TOKEN\] Invalid name \(invalid_name\)/,
    ),
  ]);
});

test("printing a secret shows a placeholder", () => {
  const secret = Secret.unsafePlainText("hunter2");
  expect(
    [`${secret}`, JSON.stringify({ secret }), inspect({ secret })].join(),
  ).not.toContain("hunter2");
});

test.each(["hunter2\n", "TODO", "<password>"])(
  "a value in the code that is hardly meant as it is is an annotation, and no error: %j",
  (value) => {
    let connection!: Connection;
    const faults = faultsOf((stack) => {
      connection = new Connection(stack, "a", {
        ...http,
        secrets: { token: Secret.unsafePlainText(value) },
      });
    });
    expect(faults).toEqual([]);
    const warnings = connection.node.metadata
      .map(({ type, data }) => ({ type, data: String(data) }))
      .filter(({ type }) => type !== "stacktrace");
    expect(warnings).toEqual([
      {
        type: "@cdktf/warn",
        data: expect.stringMatching(
          /^Secret hardly meant like that at secrets\.token \(doubtful_secret\)/,
        ) as unknown,
      },
    ]);
    expect(JSON.stringify(warnings)).not.toContain(value.trim());
  },
);

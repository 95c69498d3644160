import { TerraformVariable } from "cdktf";
import { faultsOf, synthesize } from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import { DataPatchbayDeployment, DataPatchbayWorkspace } from "./data-sources";
import { Deployment } from "./deployment";
import { DeploymentLink } from "./deployment-link";
import { PatchbayProvider } from "./patchbay-provider";
import { Secret } from "./secret";
import { Workspace } from "./workspace";
import { WorkspaceAttachment } from "./workspace-attachment";

const postgresql = {
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
};

test("attachTo and linkTo make one resource each, below the connection", () => {
  const { resource } = synthesize((stack) => {
    const analytics = new Workspace(stack, "analytics");
    const prod = new Deployment(stack, "prod", { workspace: analytics });
    const orders = new Connection(stack, "orders", postgresql);
    expect(orders.attachTo(analytics)).toBeInstanceOf(WorkspaceAttachment);
    const link = orders.linkTo(prod, {
      overrides: { schema: "PROD", database: null },
      overrideSecrets: {
        password: Secret.fromVariable(stack, "PROD_PASSWORD"),
        ssl_key: null,
      },
      overrideSecretsVersion: "3",
    });
    expect(link).toBeInstanceOf(DeploymentLink);
  });
  // These addresses are API: another one destroys and makes again what users have.
  expect(resource).toMatchObject({
    patchbay_workspace: { analytics: { name: "analytics" } },
    patchbay_deployment: {
      prod: { name: "prod", workspace: "${patchbay_workspace.analytics.name}" },
    },
    patchbay_workspace_attachment: {
      "orders_workspace-analytics_E1919D5D": {
        connection_id: "${patchbay_connection.orders.id}",
        workspace: "${patchbay_workspace.analytics.name}",
      },
    },
    patchbay_deployment_link: {
      "orders_deployment-prod_00910F65": {
        connection_id: "${patchbay_connection.orders.id}",
        deployment: "${patchbay_deployment.prod.name}",
        overrides: { schema: "PROD" },
        removed_fields: ["database"],
        override_secrets_wo: {
          password: "${var.PROD_PASSWORD}",
          ssl_key: null,
        },
        override_secrets_version: "3",
      },
    },
  });
});

test("the address does not depend on whether a place is given by name or as a construct", () => {
  const addresses = (byName: boolean) => {
    const { resource } = synthesize((stack) => {
      const workspace = new Workspace(stack, "w", { name: "analytics" });
      const deployment = new Deployment(stack, "d", {
        name: "prod",
        workspace,
      });
      const orders = new Connection(stack, "orders", postgresql);
      orders.attachTo(byName ? "analytics" : workspace);
      orders.linkTo(byName ? "prod" : deployment);
    });
    return [
      "patchbay_workspace_attachment",
      "patchbay_deployment_link",
    ].flatMap((type) => Object.keys(resource[type] ?? {}));
  };
  expect(addresses(true)).toEqual(addresses(false));
});

describe("a link waits for the attachments that it needs", () => {
  const dependencies = (build: Parameters<typeof synthesize>[0]) =>
    Object.values(
      synthesize(build).resource["patchbay_deployment_link"] ?? {},
    ).map((link) =>
      (link["depends_on"] as string[] | undefined)?.map((address) =>
        address.replace(/_[0-9A-F]{8}$/, ""),
      ),
    );

  test("the one to the deployment's workspace, whichever call came first", () => {
    expect(
      dependencies((stack) => {
        const analytics = new Workspace(stack, "analytics");
        const prod = new Deployment(stack, "prod", { workspace: analytics });
        const orders = new Connection(stack, "orders", postgresql);
        orders.linkTo(prod);
        orders.attachTo("other");
        orders.attachTo(analytics);
      }),
    ).toEqual([["patchbay_workspace_attachment.orders_workspace-analytics"]]);
  });

  test("all of the connection where the workspace is not known, and nobody else's", () => {
    expect(
      dependencies((stack) => {
        new Connection(stack, "other", postgresql).attachTo("a");
        const orders = new Connection(stack, "orders", postgresql);
        orders.linkTo("prod");
        orders.attachTo("a");
        orders.attachTo("b");
      }),
    ).toEqual([
      [
        "patchbay_workspace_attachment.orders_workspace-a",
        "patchbay_workspace_attachment.orders_workspace-b",
      ],
    ]);
  });

  test("also where one of the two names the connection by its key", () => {
    expect(
      dependencies((stack) => {
        new PatchbayProvider(stack, "patchbay", { organization: "acme" });
        new Connection(stack, "orders", postgresql).linkTo("prod");
        Connection.fromKey(stack, "same", "organization/acme/orders").attachTo(
          "a",
        );
      }),
    ).toEqual([["patchbay_workspace_attachment.same_workspace-a"]]);
  });

  test("beside what the user asks it to wait for", () => {
    expect(
      dependencies((stack) => {
        const workspace = new Workspace(stack, "w");
        const orders = new Connection(stack, "orders", postgresql);
        orders.attachTo("a");
        orders.linkTo("prod", { dependsOn: [workspace] });
      }),
    ).toEqual([
      [
        "patchbay_workspace.w",
        "patchbay_workspace_attachment.orders_workspace-a",
      ],
    ]);
  });
});

test("connections and places that something else manages take part by name", () => {
  const { resource, data } = synthesize((stack) => {
    const hub = new PatchbayProvider(stack, "other", {
      alias: "other",
      hub: { path: "/srv/hub" },
    });
    const shared = Connection.fromKey(
      stack,
      "shared",
      "organization/acme/warehouse",
      { provider: hub },
    );
    shared.attachTo(Workspace.fromName("analytics"));
    shared.linkTo(Deployment.fromName("prod", { workspace: "analytics" }));
    const orders = new Connection(stack, "orders", postgresql);
    orders.attachTo(
      new DataPatchbayWorkspace(stack, "found", { name: "finance" }),
    );
    orders.linkTo(
      new DataPatchbayDeployment(stack, "found-too", { name: "closing" }),
    );
  });
  expect(
    Object.values(resource["patchbay_workspace_attachment"] ?? {}),
  ).toEqual([
    {
      connection_id: "${patchbay_connection.orders.id}",
      workspace: "${data.patchbay_workspace.found.name}",
    },
    {
      connection_id: "organization/acme/warehouse",
      workspace: "analytics",
      provider: "patchbay.other",
    },
  ]);
  expect(Object.keys(resource["patchbay_deployment_link"] ?? {})).toHaveLength(
    2,
  );
  expect(data["patchbay_workspace"]).toEqual({ found: { name: "finance" } });
});

test("a place whose name is known after apply needs an id for its construct", () => {
  const attach = (id?: string) =>
    synthesize((stack) => {
      const variable = new TerraformVariable(stack, "v", {});
      new Connection(stack, "orders", postgresql).attachTo(
        variable.stringValue,
        { id },
      );
    }).resource["patchbay_workspace_attachment"];
  expect(() => attach()).toThrow(/missing_argument/);
  expect(Object.values(attach("analytics") ?? {})).toEqual([
    {
      connection_id: "${patchbay_connection.orders.id}",
      workspace: "${var.v}",
    },
  ]);
});

test("attaching twice is named at the second call", () => {
  expect(() =>
    synthesize((stack) => {
      const orders = new Connection(stack, "orders", postgresql);
      orders.attachTo("analytics");
      orders.attachTo("analytics");
    }),
  ).toThrow(
    /duplicate_name.*"stack\/orders".*"stack\/orders\/workspace-analytics"/,
  );
});

describe("faults of links and attachments", () => {
  test.each<
    [title: string, build: Parameters<typeof faultsOf>[0], fault: RegExp]
  >([
    [
      "an override that the type does not know",
      (stack) =>
        new Connection(stack, "c", postgresql).linkTo("prod", {
          overrides: { shema: "PROD" },
        }),
      /^\[stack\/c\/deployment-prod\] Unknown field at overrides\.shema \(unknown_field\): .*"schema"/,
    ],
    [
      "an override that removes what is required",
      (stack) =>
        new Connection(stack, "c", postgresql).linkTo("prod", {
          overrides: { host: null },
        }),
      /^\[stack\/c\/deployment-prod\] Missing required field at overrides\.host/,
    ],
    [
      "a literal override of a secret",
      (stack) =>
        new Connection(stack, "c", postgresql).linkTo("prod", {
          overrideSecrets: { password: "hunter2" as never },
        }),
      /^\[stack\/c\/deployment-prod\] Secret given in clear at overrideSecrets\.password \(literal_secret\)/,
    ],
    [
      "a key that is none",
      (stack) => Connection.fromKey(stack, "c", "warehouse").attachTo("a"),
      /^\[stack\/c\] Invalid id at key \(invalid_id\)/,
    ],
    [
      "a workspace with an impossible name",
      (stack) => new Connection(stack, "c", postgresql).attachTo("a "),
      /^\[stack\/c\/workspace-a \] Invalid name at workspace \(invalid_name\)/,
    ],
    [
      "the same attachment by two constructs",
      (stack) => {
        const connection = new Connection(stack, "c", postgresql);
        new WorkspaceAttachment(stack, "one", { connection, workspace: "a" });
        new WorkspaceAttachment(stack, "two", { connection, workspace: "a" });
      },
      /^\[stack\/two\] .*\(duplicate_name\).*"stack\/one"/,
    ],
    [
      "a link into a workspace that the connection is not attached to",
      (stack) => {
        const prod = new Deployment(stack, "prod", {
          workspace: new Workspace(stack, "analytics"),
        });
        const connection = new Connection(stack, "c", postgresql);
        connection.attachTo("other");
        connection.linkTo(prod);
      },
      /^\[stack\/c\/deployment-prod\] Connection not attached at deployment \(attachment_missing\): .*attachTo\("analytics"\)/,
    ],
  ])("%s", (_title, build, fault) => {
    expect(faultsOf(build)).toEqual([expect.stringMatching(fault)]);
  });

  test.each<[title: string, build: Parameters<typeof faultsOf>[0]]>([
    [
      "a deployment that something else manages",
      (stack) =>
        new Connection(stack, "c", postgresql).linkTo(
          Deployment.fromName("prod", { workspace: "w" }),
        ),
    ],
    [
      "a connection that something else manages",
      (stack) =>
        Connection.fromKey(stack, "c", "organization/acme/c").linkTo(
          new Deployment(stack, "prod", { workspace: "w" }),
        ),
    ],
    [
      "a connection that belongs to the workspace itself",
      (stack) =>
        new Connection(stack, "c", {
          ...postgresql,
          owner: "workspace/w",
        }).linkTo(new Deployment(stack, "prod", { workspace: "w" })),
    ],
  ])("no missing attachment is claimed for %s", (_title, build) => {
    expect(faultsOf(build)).toEqual([]);
  });
});

test("attachTo and linkTo take several places at once, at the addresses that one by one have", () => {
  const addresses = (several: boolean) => {
    const { resource } = synthesize((stack) => {
      const workspace = new Workspace(stack, "a");
      const deployment = new Deployment(stack, "d", { workspace });
      const orders = new Connection(stack, "orders", postgresql);
      if (several) {
        expect(orders.attachTo(workspace, "b", "c")).toHaveLength(3);
        expect(orders.linkTo(deployment, "e")).toHaveLength(2);
      } else {
        orders.attachTo(workspace);
        orders.attachTo("b");
        orders.attachTo("c");
        orders.linkTo(deployment);
        orders.linkTo("e");
      }
    });
    return [
      "patchbay_workspace_attachment",
      "patchbay_deployment_link",
    ].flatMap((type) => Object.keys(resource[type] ?? {}));
  };
  expect(addresses(true)).toHaveLength(5);
  expect(addresses(true)).toEqual(addresses(false));
});

test("a secret among a link's overrides is told in the words of the props", () => {
  const faults = faultsOf((stack) => {
    const orders = new Connection(stack, "orders", postgresql);
    orders.attachTo("a");
    orders.linkTo("p", { overrides: { password: "hunter2" } });
  }).join();
  expect(faults).toContain(
    '"password" is a secret field. Move it to overrideSecrets.',
  );
  expect(faults).not.toMatch(/_wo|hunter2/);
});

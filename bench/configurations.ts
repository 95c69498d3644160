/** The same objects, once as connections and once as Terraform's built-in terraform_data. */

function settings(index: number): object {
  return {
    name: `db-${index}`,
    type: "postgresql",
    description: `Database ${index}`,
    config: {
      host: `db-${index}.example.com`,
      port: 5432,
      database: "app",
      login: "loader",
      schema: "public",
    },
  };
}

function numbered(
  count: number,
  make: (index: number) => object,
): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`c${index}`, make(index)]),
  );
}

/** Connections on a hub. `hub` is the provider block's argument. */
export function connections(count: number, hub: object): object {
  return connectionsOn({ organization: "acme", hub }, count);
}

/** Connections on any platform; `more` are arguments that each connection has. */
export function connectionsOn(
  provider: object,
  count: number,
  more: object = {},
): object {
  return {
    terraform: {
      required_providers: { patchbay: { source: "patchbay/patchbay" } },
    },
    provider: { patchbay: provider },
    resource: {
      patchbay_connection: numbered(count, (index) => ({
        ...settings(index),
        ...more,
      })),
    },
  };
}

/** One connection, and as many deployments that it is linked to, each with an override of its own. */
export function links(count: number, hub: object): object {
  const of = (kind: string, name: string) => `\${patchbay_${kind}.${name}.id}`;
  return {
    ...connectionsOn({ organization: "acme", hub }, 1),
    resource: {
      patchbay_connection: numbered(1, settings),
      patchbay_workspace: { w: { name: "analytics" } },
      patchbay_deployment: numbered(count, (index) => ({
        name: `d${index}`,
        workspace: "${patchbay_workspace.w.name}",
      })),
      patchbay_workspace_attachment: {
        a: {
          connection_id: of("connection", "c0"),
          workspace: "${patchbay_workspace.w.name}",
        },
      },
      patchbay_deployment_link: numbered(count, (index) => ({
        connection_id: of("connection", "c0"),
        deployment: `\${patchbay_deployment.c${index}.name}`,
        overrides: { schema: `schema_${index}` },
        depends_on: ["patchbay_workspace_attachment.a"],
      })),
    },
  };
}

/** The floor: the same values, those that the provider computes included, kept by Terraform itself with no provider process at all. */
export function sameValues(count: number): object {
  return terraformData(count, (index) => ({
    id: `organization/acme/db-${index}`,
    ...settings(index),
    owner: "organization/acme",
    secrets: null,
    secrets_version: null,
    auto_link: false,
    auto_link_except: null,
    access: null,
    verify: null,
    deletion_protection: null,
    platform_id: `conn_${index.toString(16).padStart(24, "0")}`,
    status: "unknown",
    status_message: null,
    connection_string: `postgresql://loader@db-${index}.example.com:5432/app`,
    secret_fields: [],
    secrets_revision: 0,
  }));
}

/** A lower floor, for comparison: only the arguments that the configuration gives. */
export function argumentsOnly(count: number): object {
  return terraformData(count, settings);
}

function terraformData(
  count: number,
  values: (index: number) => object,
): object {
  return {
    resource: {
      terraform_data: numbered(count, (index) => ({ input: values(index) })),
    },
  };
}

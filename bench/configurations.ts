/** The same thousand objects, once as connections and once as Terraform's built-in terraform_data. */

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
  return {
    terraform: {
      required_providers: { patchbay: { source: "patchbay/patchbay" } },
    },
    provider: { patchbay: { organization: "acme", hub } },
    resource: { patchbay_connection: numbered(count, settings) },
  };
}

/** The floor: the same data, kept by Terraform itself, with no provider process at all. */
export function terraformData(count: number): object {
  return {
    resource: {
      terraform_data: numbered(count, (index) => ({ input: settings(index) })),
    },
  };
}

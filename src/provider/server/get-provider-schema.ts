import { dataSources } from "../data-sources";
import { functions } from "../functions";
import type { ProviderContext } from "../provider-context";
import { resources } from "../resources";
import { providerSchema } from "../schema/provider";
import type { GetProviderSchemaResponse, Schema } from "../wire";

/** What the provider has; core asks once per run. */
export function getProviderSchema(
  context: ProviderContext,
): Required<
  Pick<
    GetProviderSchemaResponse,
    | "provider"
    | "resourceSchemas"
    | "dataSourceSchemas"
    | "functions"
    | "serverCapabilities"
  >
> {
  return {
    provider: providerSchema(context.environment.platforms),
    resourceSchemas: schemasOf(resources),
    dataSourceSchemas: schemasOf(dataSources),
    functions: Object.fromEntries(
      [...functions].map(([name, { definition }]) => [name, definition]),
    ),
    serverCapabilities,
  };
}

export const serverCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
} as const;

function schemasOf(
  described: ReadonlyMap<string, { readonly schema: Schema }>,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    [...described].map(([name, { schema }]) => [name, schema]),
  );
}

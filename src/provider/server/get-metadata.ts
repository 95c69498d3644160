import { dataSources } from "../data-sources";
import { functions } from "../functions";
import { resources } from "../resources";
import type { GetMetadataResponse } from "../wire";
import { serverCapabilities } from "./get-provider-schema";

/** The names of what the provider has. Terraform never asks; muxes do. */
export function getMetadata(): GetMetadataResponse {
  return {
    serverCapabilities,
    resources: [...resources.keys()].map((typeName) => ({ typeName })),
    dataSources: [...dataSources.keys()].map((typeName) => ({ typeName })),
    functions: [...functions.keys()].map((name) => ({ name })),
  };
}

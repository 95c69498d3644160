import type { ProviderContext } from "../provider-context";
import type { ProviderService } from "../wire";
import { applyResourceChange } from "./apply-resource-change";
import { callFunction } from "./call-function";
import { configureProvider } from "./configure-provider";
import { getMetadata } from "./get-metadata";
import { getProviderSchema } from "./get-provider-schema";
import { importResourceState } from "./import-resource-state";
import { moveResourceState } from "./move-resource-state";
import { planResourceChange } from "./plan-resource-change";
import { readDataSource } from "./read-data-source";
import { readResource } from "./read-resource";
import { upgradeResourceState } from "./upgrade-resource-state";
import { validateDataResourceConfig } from "./validate-data-resource-config";
import { validateProviderConfig } from "./validate-provider-config";
import { validateResourceConfig } from "./validate-resource-config";

/** Every RPC that the provider answers, each in the file of its name. */
export function createProviderService(
  context: ProviderContext,
): ProviderService {
  return {
    getMetadata: async () => getMetadata(),
    getProviderSchema: async () => getProviderSchema(context),
    validateProviderConfig: async (request) =>
      validateProviderConfig(request, context),
    validateResourceConfig: async (request) =>
      validateResourceConfig(request, context),
    validateDataResourceConfig: async (request) =>
      validateDataResourceConfig(request, context),
    configureProvider: (request) => configureProvider(request, context),
    upgradeResourceState: async (request) =>
      upgradeResourceState(request, context),
    getResourceIdentitySchemas: async () => ({ identitySchemas: {} }),
    readResource: (request) =>
      context.during(() => readResource(request, context)),
    planResourceChange: (request) =>
      context.during(() => planResourceChange(request, context)),
    applyResourceChange: (request, signal) =>
      applyResourceChange(request, context, signal),
    importResourceState: async (request) =>
      importResourceState(request, context),
    moveResourceState: async (request) => moveResourceState(request, context),
    readDataSource: (request) => readDataSource(request, context),
    getFunctions: async () => ({
      functions: getProviderSchema(context).functions,
    }),
    callFunction: async (request) => callFunction(request),
    stopProvider: async () => ({}),
  };
}

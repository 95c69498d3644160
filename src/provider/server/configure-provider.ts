import type { ProviderContext } from "../provider-context";
import { providerSchema } from "../schema/provider";
import type {
  ConfigureProviderRequest,
  ConfigureProviderResponse,
} from "../wire";
import { diagnosed } from "./diagnosed";
import { openConfiguration } from "./provider-configuration";
import { decodeConfig } from "./schema-of";

/** Begins a walk. What cannot be opened fails here, once, and not once per resource. */
export async function configureProvider(
  request: ConfigureProviderRequest,
  context: ProviderContext,
): Promise<ConfigureProviderResponse> {
  try {
    const config = decodeConfig(
      providerSchema(context.environment.platforms),
      request.config,
    );
    // What an earlier walk of a reattached process had opened is closed first: two openings may exclude each other.
    await context.endWalk();
    await context.configure(
      await openConfiguration(config, context.environment),
    );
    return {};
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

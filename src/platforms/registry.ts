/**
 * The only place that names concrete platforms: one line for each. Everything
 * else learns from here which there are. Importing it loads no adapter.
 */
import type { PlatformDefinition } from "../model";
import { astroDefinition } from "./astro/astro-definition";
import { datadogDefinition } from "./datadog/datadog-definition";
import { hubDefinition } from "./hub/hub-definition";
import { pipesDefinition } from "./pipes/pipes-definition";
import { upsolverDefinition } from "./upsolver/upsolver-definition";

export const platformDefinitions: readonly PlatformDefinition[] = [
  hubDefinition,
  astroDefinition,
  datadogDefinition,
  pipesDefinition,
  upsolverDefinition,
];

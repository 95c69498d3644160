/**
 * The only place that names concrete platforms: one line for each. Everything
 * else learns from here which there are. Importing it loads no adapter.
 */
import type { PlatformDefinition } from "../model";
import { astroDefinition } from "./astro/definition";
import { datadogDefinition } from "./datadog/definition";
import { hubDefinition } from "./hub/definition";
import { pipesDefinition } from "./pipes/definition";
import { upsolverDefinition } from "./upsolver/definition";

const definitions = {
  hub: hubDefinition,
  astro: astroDefinition,
  datadog: datadogDefinition,
  pipes: pipesDefinition,
  upsolver: upsolverDefinition,
} satisfies Readonly<Record<string, PlatformDefinition>>;

/** For tables that have to say something about every platform: they do not compile until they do. */
export type PlatformName = keyof typeof definitions;

export const platformDefinitions: readonly PlatformDefinition[] =
  Object.values(definitions);

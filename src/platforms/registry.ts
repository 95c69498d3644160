/**
 * The only place that names concrete platforms: one line for each. Everything
 * else learns from here which there are. Importing it loads no adapter.
 */
import type { PlatformDefinition } from "../model";
import { hubDefinition } from "./hub/hub-definition";

export const platformDefinitions: readonly PlatformDefinition[] = [
  hubDefinition,
];

import { examplesOf, tryFindConnectionType } from "../../../src/catalog";
import type { JsonObject } from "../../../src/model";

/** A declared connection, and what the client library has to be called with in a deployment that gets it. */
export interface RealCase {
  readonly title: string;
  readonly type: string;
  readonly config: JsonObject;
  readonly secrets?: JsonObject;
  /** Declared first, and then changed to the above. */
  readonly before?: Pick<RealCase, "config" | "secrets">;
  /** Read in a deployment that it is linked to, with these overrides. */
  readonly link?: Pick<RealCase, "config" | "secrets">;
  /** Fields that Astro has to refuse, by name: the connection is made without them. */
  readonly without?: readonly string[];
  /** Of the catalogue, which one. */
  readonly example?: number;
  /** The calls in their order, each with its named arguments; those without a name are under "". */
  readonly calls: readonly Call[];
}

export type Call = readonly [name: string, given: JsonObject];

/** One of the catalogue's own examples. `secrets` takes the place of those that only look like what they are. */
export function example(
  type: string,
  index: number,
  secrets?: JsonObject,
): Pick<RealCase, "title" | "type" | "config" | "secrets" | "example"> {
  const found = examplesOf(tryFindConnectionType(type)!)[index]!;
  return {
    title: `the catalogue's example ${index + 1}`,
    type,
    config: found.config as JsonObject,
    secrets: { ...(found.secrets as JsonObject), ...secrets },
    example: index,
  };
}

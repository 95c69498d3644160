import { PatchbayError } from "../../diagnostics";
import { type Owner, parseOwner, needed } from "../../model";
import type { ProviderContext } from "../provider-context";
import { missingOwner } from "../../plan";
import { textOf } from "../state/record";
import type { CtyRecord } from "../wire";

/** The owner that is asked about: the argument, or the provider's organization. */
export function ownerOf(config: CtyRecord, context: ProviderContext): Owner {
  const given = textOf(config, "owner");
  if (typeof given === "string") return needed(parseOwner(given));
  if (context.defaultOwner !== undefined) return context.defaultOwner;
  throw new PatchbayError([missingOwner()]);
}

import { PatchbayError } from "../../diagnostics";
import { objectOf } from "../../model";
import type { HubStore } from "../store/store";
import type { Sealer } from "./sealer";

const KEY_CHECK = "key_check";
const PLACE = "hub/key_check";

/** Makes sure that the key is the one that this hub was made with; a new hub remembers it. Rejects with `hub_key_wrong`. */
export async function checkHubKey(
  store: HubStore,
  sealer: Sealer,
  path: string,
): Promise<void> {
  const known = await store.read((rows) => rows.metadata.find(KEY_CHECK));
  if (known !== undefined) return compare(sealer, known, path);
  await store.write(async (rows) => {
    const meanwhile = await rows.metadata.find(KEY_CHECK);
    if (meanwhile !== undefined) return compare(sealer, meanwhile, path);
    await rows.metadata.insert(
      KEY_CHECK,
      sealer.seal(PLACE, objectOf([["fits", true]])),
    );
  });
}

function compare(sealer: Sealer, sealed: string, path: string): void {
  try {
    sealer.unseal(PLACE, sealed);
  } catch {
    throw new PatchbayError({
      code: "hub_key_wrong",
      detail: `The key does not fit the hub at ${path}: it was made with another one. Restore that key, in its file or in the variable PATCHBAY_HUB_KEY.`,
    });
  }
}

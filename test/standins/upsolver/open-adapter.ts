import { Secret } from "../../../src/diagnostics";
import type { Platform } from "../../../src/model";
import { createUpsolverAdapter } from "../../../src/platforms/upsolver/adapter";
import { skippingTime } from "../kit";

/** The adapter at any address. Nothing waits. */
export function openAt(apiUrl: string, token: string): Platform {
  return createUpsolverAdapter({
    apiUrl,
    token: new Secret(token),
    organization: "acme",
    time: skippingTime(),
  });
}

import type { PlatformSetting } from "../../model";

/** The setting for what something in front of a vendor's API asks for. Data alone: definitions hold it. */
export function headersSetting(block: string): PlatformSetting {
  return {
    name: "headers",
    description:
      'Headers of your own for every request, for a proxy in front of the API that asks for one: a JSON object of names and values, jsonencode({ "X-Proxy-Token" = var.proxy_token }). Not for the credentials of the API itself.',
    example: '{"X-Proxy-Token":"abcdefgh"}',
    secret: true,
    environmentVariable: `PATCHBAY_${block.toUpperCase()}_HEADERS`,
  };
}

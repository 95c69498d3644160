import { PatchbayError } from "../../diagnostics";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
} from "../../model";
import { addressSetting, missingCredential, ownHeaders } from "../kit";
import { createAstroAdapter } from "./adapter";

const DEFAULT_HOST = "https://api.astronomer.io";

/** Opens Astro as the settings say. Rejects with `missing_argument`, `missing_credential` and `insecure_endpoint`. */
export async function openAstro(
  options: OpenPlatformOptions,
): Promise<Platform> {
  const { settings, environment, log } = options;
  const host = addressSetting(options, { block: "astro", name: "host" });
  const organizationId = settingText(settings["organization_id"]);
  const token = settings["token"];
  if (organizationId === undefined)
    throw new PatchbayError({
      code: "missing_argument",
      path: ["astro", "organization_id"],
      detail:
        'It is not said which organization is meant. Set its id in the provider\'s astro block; Astro shows it under "Organization Settings":\n\n  astro = { organization_id = "…" }',
    });
  if (token === undefined || settingText(token) === undefined)
    throw new PatchbayError([
      missingCredential({
        asks: "Astro asks for an API token.",
        block: "astro",
        missing: [{ name: "token", variable: "ASTRO_API_TOKEN" }],
        example: 'organization_id = "…", token = var.astro_token',
      }),
    ]);
  return createAstroAdapter({
    host: host ?? DEFAULT_HOST,
    organizationId,
    token,
    ownHeaders: ownHeaders(options, "astro"),
    environment,
    log,
  });
}

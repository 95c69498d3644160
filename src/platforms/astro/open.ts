import { PatchbayError } from "../../diagnostics";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
} from "../../model";
import { createAstroAdapter } from "./adapter";

const DEFAULT_HOST = "https://api.astronomer.io";

/** Opens Astro as the settings say. Rejects with `missing_argument`, `missing_credential` and `insecure_endpoint`. */
export async function openAstro({
  settings,
  environment,
  log,
}: OpenPlatformOptions): Promise<Platform> {
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
    throw new PatchbayError({
      code: "missing_credential",
      path: ["astro", "token"],
      detail:
        'Astro asks for an API token. Set "token" in the provider\'s astro block, from a variable:\n\n  astro = { organization_id = "…", token = var.astro_token }\n\nor set the environment variable ASTRO_API_TOKEN.',
    });
  return createAstroAdapter({
    host: settingText(settings["host"]) ?? DEFAULT_HOST,
    organizationId,
    token,
    environment,
    log,
  });
}

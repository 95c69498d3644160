import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
  Secret,
} from "../../diagnostics";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
} from "../../model";
import { createUpsolverAdapter } from "./adapter";

/** The address that only hands out tokens; it runs no statements. */
const GLOBAL_HOST = "api.upsolver.com";

/**
 * Opens the API that the settings name. Sends nothing. Rejects with
 * `missing_argument` and `missing_credential`, both at once where both are
 * missing, and with `invalid_field` and `insecure_endpoint`.
 */
// Async, so that what is wrong rejects instead of throwing.
export async function openUpsolver({
  settings,
  organization,
  environment,
  log,
}: OpenPlatformOptions): Promise<Platform> {
  const apiUrl = settingText(settings["api_url"]);
  const token = settingText(settings["token"]);
  const faults = [
    ...(apiUrl === undefined ? [missingAddress()] : []),
    ...(token === undefined ? [missingToken()] : []),
  ];
  if (apiUrl === undefined || token === undefined)
    throw new PatchbayError(faults);
  if (URL.canParse(apiUrl) && new URL(apiUrl).hostname === GLOBAL_HOST) {
    throw new PatchbayError({
      code: "invalid_field",
      path: ["upsolver", "api_url"],
      detail: `${GLOBAL_HOST} hands out tokens and runs no statements. Set "api_url" to the address of your organization's own API, https://api-<id>.upsolver.com, or to https://mt-api-prod.upsolver.com.`,
    });
  }
  return createUpsolverAdapter({
    apiUrl,
    token: new Secret(token),
    organization,
    environment,
    log,
  });
}

function missingAddress(): Diagnostic {
  return errorDiagnostic({
    code: "missing_argument",
    path: ["upsolver", "api_url"],
    detail:
      'The address of Upsolver\'s API is not set. Set "api_url" in the provider\'s upsolver block:\n\n  upsolver = { api_url = "https://mt-api-prod.upsolver.com", token = var.upsolver_token }\n\nor set the environment variable UPSOLVER_API_URL.',
  });
}

function missingToken(): Diagnostic {
  return errorDiagnostic({
    code: "missing_credential",
    path: ["upsolver", "token"],
    detail:
      'Upsolver asks for an API token. Set "token" in the provider\'s upsolver block, from a variable:\n\n  upsolver = { api_url = "…", token = var.upsolver_token }\n\nor set the environment variable UPSOLVER_TOKEN. Tokens are made in Upsolver\'s console under Settings, API Tokens.',
  });
}

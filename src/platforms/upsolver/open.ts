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
import { addressSetting, missingCredential, ownHeaders } from "../kit";
import { createUpsolverAdapter } from "./adapter";

/** The address that only hands out tokens; it runs no statements. */
const GLOBAL_HOST = "api.upsolver.com";

/**
 * Opens the API that the settings name. Sends nothing. Rejects with
 * `missing_argument` and `missing_credential`, both at once where both are
 * missing, and with `invalid_field` and `insecure_endpoint`.
 */
// Async, so that what is wrong rejects instead of throwing.
export async function openUpsolver(
  options: OpenPlatformOptions,
): Promise<Platform> {
  const { settings, organization, environment, log } = options;
  const apiUrl = addressSetting(options, {
    block: "upsolver",
    name: "api_url",
    variable: "UPSOLVER_API_URL",
  });
  const token = settingText(settings["token"]);
  const faults = [
    ...(apiUrl === undefined ? [missingAddress()] : []),
    ...(token === undefined ? [missingToken()] : []),
  ];
  if (apiUrl === undefined || token === undefined)
    throw new PatchbayError(faults);
  if (new URL(apiUrl).hostname === GLOBAL_HOST) {
    throw new PatchbayError({
      code: "invalid_field",
      path: ["upsolver", "api_url"],
      detail: `${GLOBAL_HOST} hands out tokens and runs no statements. Set "api_url" to the address of your organization's own API, https://api-<id>.upsolver.com, or to https://mt-api-prod.upsolver.com.`,
    });
  }
  return createUpsolverAdapter({
    apiUrl,
    token: new Secret(token),
    ownHeaders: ownHeaders(options, "upsolver"),
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
  return missingCredential({
    asks: "Upsolver asks for an API token.",
    block: "upsolver",
    missing: [{ name: "token", variable: "UPSOLVER_TOKEN" }],
    example: 'api_url = "…", token = var.upsolver_token',
    more: "Tokens are made in Upsolver's console under Settings, API Tokens.",
  });
}

import { PatchbayError, Secret } from "../../diagnostics";
import type { HttpHeaders } from "../../http";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
} from "../../model";
import { addressSetting, missingCredential, ownHeaders } from "../kit";
import { createDatadogAdapter } from "./adapter";
import { createDatadogClient } from "./client";
import { addressOfSite } from "./sites";

type Settings = OpenPlatformOptions["settings"];

/**
 * Opens the site that the settings name; asks it nothing yet. Rejects with
 * `missing_credential`, `invalid_field`, `insecure_endpoint`.
 */
export function openDatadog(options: OpenPlatformOptions): Platform {
  const { settings, organization, environment, log } = options;
  const baseUrl =
    addressSetting(options, {
      block: "datadog",
      name: "api_url",
      variable: "DD_HOST",
    }) ?? addressOfSite(settingText(settings["site"]) ?? "datadoghq.com");
  const allowsSelfLockout = lockoutOf(settings["allow_self_lockout"]);
  const client = createDatadogClient({
    baseUrl,
    allowsSelfLockout,
    headers: {
      ...ownHeaders(options, "datadog", ["dd-api-key", "dd-application-key"]),
      ...credentialHeaders(settings, baseUrl),
    },
    environment,
    log,
  });
  return createDatadogAdapter({ client, organization, allowsSelfLockout });
}

function lockoutOf(setting: Secret | undefined): boolean {
  const text = settingText(setting) ?? "false";
  if (text === "true" || text === "false") return text === "true";
  throw new PatchbayError({
    code: "invalid_field",
    path: ["datadog", "allow_self_lockout"],
    detail: `allow_self_lockout is neither "true" nor "false".`,
  });
}

/** A bearer token goes before the keys, as with Datadog's own provider. */
function credentialHeaders(settings: Settings, baseUrl: string): HttpHeaders {
  const token = settingText(settings["bearer_token"]);
  if (token !== undefined)
    return { authorization: new Secret(`Bearer ${token}`) };
  const apiKey = settingText(settings["api_key"]);
  const applicationKey = settingText(settings["app_key"]);
  if (apiKey !== undefined && applicationKey !== undefined) {
    return {
      "dd-api-key": new Secret(apiKey),
      "dd-application-key": new Secret(applicationKey),
    };
  }
  const missing = [
    ...(apiKey === undefined
      ? [{ name: "api_key", variable: "DD_API_KEY" }]
      : []),
    ...(applicationKey === undefined
      ? [{ name: "app_key", variable: "DD_APP_KEY" }]
      : []),
  ];
  throw new PatchbayError([
    missingCredential({
      asks: `${new URL(baseUrl).host} asks for an API key and an application key.`,
      block: "datadog",
      missing,
      example: "api_key = var.datadog_api_key, app_key = var.datadog_app_key",
      more: 'An access token does in place of both: "bearer_token", or DD_BEARER_TOKEN.',
    }),
  ]);
}

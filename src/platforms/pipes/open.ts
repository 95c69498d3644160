import { PatchbayError, Secret } from "../../diagnostics";
import { createHttpClient, type HttpClientOptions } from "../../http";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
  USER_AGENT,
} from "../../model";
import { createPipesAdapter, type PipesTiming } from "./adapter";
import { PipesCalls } from "./client";
import { readPipesRefusal } from "./errors";

const DEFAULT_HOST = "pipes.turbot.com";

/** For tests: clock, chance and limits. */
export interface PipesTestOptions extends PipesTiming {
  readonly http?: Pick<
    HttpClientOptions,
    "fetch" | "time" | "random" | "attemptTimeoutMs" | "totalTimeoutMs"
  >;
}

/** Opens Turbot Pipes. Rejects with `missing_credential` and `insecure_endpoint`. */
export function openPipes(
  { settings, organization, environment, log }: OpenPlatformOptions,
  { http, ...timing }: PipesTestOptions = {},
): Platform {
  const host = settingText(settings["host"]) ?? DEFAULT_HOST;
  const token = settingText(settings["token"]);
  if (token === undefined) {
    throw new PatchbayError({
      code: "missing_credential",
      path: ["pipes", "token"],
      detail: `Turbot Pipes at ${hostName(host)} asks for a token. Set "token" in the provider's pipes block, from a variable:\n\n  pipes = { token = var.pipes_token }\n\nor set the environment variable PIPES_TOKEN. A token is made in Pipes under Settings, Advanced, and belongs to the host where it was made.`,
    });
  }
  const client = createHttpClient({
    environment,
    ...http,
    baseUrl: `${addressOf(host)}/api/v0`,
    userAgent: USER_AGENT,
    headers: { authorization: new Secret(`Bearer ${token}`) },
    credentialAdvice: `A token belongs to the host where it was made, and ${hostName(host)} was asked. Check the token in the provider's pipes block ("token") or in the environment variable PIPES_TOKEN, and the host ("host" or PIPES_HOST).`,
    readRefusal: readPipesRefusal,
    log,
  });
  return createPipesAdapter({
    calls: new PipesCalls(client),
    organization,
    timing,
  });
}

/** A host is mostly written without a scheme. */
function addressOf(host: string): string {
  const address = /^https?:\/\//i.test(host) ? host : `https://${host}`;
  return address.replace(/\/+$/, "");
}

/** For messages: nothing but the host, as an address may hold more. */
function hostName(host: string): string {
  const address = addressOf(host);
  return URL.canParse(address) ? new URL(address).host : "the given host";
}

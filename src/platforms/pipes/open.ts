import { PatchbayError, Secret } from "../../diagnostics";
import { createHttpClient, type HttpClientOptions } from "../../http";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
  USER_AGENT,
} from "../../model";
import { addressSetting, missingCredential, ownHeaders } from "../kit";
import { createPipesAdapter, type PipesTiming } from "./adapter";
import { PipesCalls } from "./client";
import { readPipesRefusal } from "./errors";

const DEFAULT_ADDRESS = "https://pipes.turbot.com";

/** For tests: clock, chance and limits. */
export interface PipesTestOptions extends PipesTiming {
  readonly http?: Pick<
    HttpClientOptions,
    "fetch" | "time" | "random" | "attemptTimeoutMs" | "totalTimeoutMs"
  >;
}

/** Opens Turbot Pipes. Rejects with `missing_credential`, `invalid_field` and `insecure_endpoint`. */
export function openPipes(
  options: OpenPlatformOptions,
  { http, ...timing }: PipesTestOptions = {},
): Platform {
  const { settings, organization, environment, log } = options;
  const address =
    addressSetting(options, {
      block: "pipes",
      name: "host",
      variable: "PIPES_HOST",
      bareHost: true,
    }) ?? DEFAULT_ADDRESS;
  const { host } = new URL(address);
  const token = settingText(settings["token"]);
  if (token === undefined) {
    throw new PatchbayError([
      missingCredential({
        asks: `Turbot Pipes at ${host} asks for a token.`,
        block: "pipes",
        missing: [{ name: "token", variable: "PIPES_TOKEN" }],
        example: "token = var.pipes_token",
        more: "A token is made in Pipes under Settings, Advanced, and belongs to the host where it was made.",
      }),
    ]);
  }
  const client = createHttpClient({
    environment,
    ...http,
    baseUrl: `${address}/api/v0`,
    userAgent: USER_AGENT,
    headers: {
      ...ownHeaders(options, "pipes"),
      authorization: new Secret(`Bearer ${token}`),
    },
    credentialAdvice: `A token belongs to the host where it was made, and ${host} was asked. Check the token in the provider's pipes block ("token") or in the environment variable PIPES_TOKEN, and the host ("host" or PIPES_HOST).`,
    readRefusal: readPipesRefusal,
    log,
  });
  return createPipesAdapter({
    calls: new PipesCalls(client),
    organization,
    timing,
  });
}

import { Secret } from "../../../src/diagnostics";
import type { Platform } from "../../../src/model";
import { createDatadogAdapter } from "../../../src/platforms/datadog/adapter";
import {
  createDatadogClient,
  type DatadogClientOptions,
} from "../../../src/platforms/datadog/client";
import { skippingTime } from "../kit";
import type { DatadogStandin } from "./datadog-standin";

export interface OpenAtOptions {
  /** The credentials. @default the stand-in's two keys */
  readonly headers?: DatadogClientOptions["headers"];
  /** @default false */
  readonly allowsSelfLockout?: boolean;
  /** Is told how long the adapter would have waited between attempts, in milliseconds. */
  readonly waited?: (milliseconds: number) => void;
}

/** The adapter at a stand-in. Nothing waits. */
export function openAt(
  { url, apiKey, applicationKey }: DatadogStandin,
  { headers, waited, allowsSelfLockout = false }: OpenAtOptions = {},
): Platform {
  const client = createDatadogClient({
    baseUrl: url,
    headers: headers ?? {
      "dd-api-key": new Secret(apiKey),
      "dd-application-key": new Secret(applicationKey),
    },
    allowsSelfLockout,
    time: skippingTime(waited),
  });
  return createDatadogAdapter({
    client,
    organization: "acme",
    allowsSelfLockout,
  });
}

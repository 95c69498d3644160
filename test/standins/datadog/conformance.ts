/** Where the documents leave open what Datadog does, the adapter passes with either. */
import type { JsonObject } from "../../../src/model";
import { datadogIdentity } from "../../../src/platforms/datadog/capabilities";
import type { PlatformExpectations } from "../../../src/testing";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import {
  datadogHttpExpectations,
  datadogNativeExpectations,
} from "./datadog-expectations";
import { startDatadogStandin } from "./datadog-standin";
import type { Fields, StoredConnection } from "./datadog-store";
import { datadogContract } from "./datadog-under-test";
import { openAt } from "./open-adapter";

export const subjects: readonly ConformanceSubject[] = [
  subject("HTTP, tokens left out of answers", datadogHttpExpectations, true),
  subject("HTTP, tokens blanked in answers", datadogHttpExpectations, false),
  subject("native, tokens left out", datadogNativeExpectations, true),
  subject("native, tokens blanked", datadogNativeExpectations, false),
];

function subject(
  title: string,
  expectations: PlatformExpectations,
  omitTokens: boolean,
): ConformanceSubject {
  const { members, standinOf } = onStandin({
    start: () => startDatadogStandin({ omitTokens, contract: datadogContract }),
    connect: (standin) => openAt(standin),
  });
  return {
    ...members,
    name: `datadog, ${title}`,
    capabilities: datadogIdentity.capabilities,
    expectations,
    storedNames: (platform) =>
      Promise.resolve(
        standinOf(platform)
          .stored()
          .map(({ name }) => name),
      ),
    storedSecrets: (platform, { platformId }) => {
      const stored = standinOf(platform).stored();
      return Promise.resolve(
        secretsOf(stored.find(({ id }) => id === platformId)!),
      );
    },
  };
}

/** As declared: what Datadog holds, by the catalogue's names. */
function secretsOf({ integration }: StoredConnection): JsonObject {
  const credentials = integration["credentials"] as Fields;
  if (integration["type"] !== "HTTP") {
    const { api_password, sdk_key } = credentials;
    return { api_password, sdk_key } as JsonObject;
  }
  const tokens = credentials["tokens"] as readonly Record<string, string>[];
  const valueOf = (start: string) =>
    tokens.find(({ name }) => name!.startsWith(start))?.["value"] ?? "";
  return {
    token: valueOf("patchbayToken"),
    tokens: { partner: valueOf("partner") },
    secret_headers: { "X-Api-Key": valueOf("patchbayHeader") },
    secret_url_parameters: { signature: valueOf("patchbayParameter") },
  };
}

/** Where the documents leave open what Datadog does, the adapter passes with either. */
import type { JsonObject } from "../../../src/model";
import { datadogIdentity } from "../../../src/platforms/datadog/capabilities";
import type { PlatformExpectations } from "../../../src/testing";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import type { DatadogBehaviour } from "./datadog-behaviour";
import {
  datadogHttpExpectations,
  datadogNativeExpectations,
  lockoutAccess,
} from "./datadog-expectations";
import { startDatadogStandin } from "./datadog-standin";
import type { Fields, StoredConnection } from "./datadog-store";
import { datadogContract } from "./datadog-under-test";
import { openAt, type OpenAtOptions } from "./open-adapter";

/** Who imports knows no other order of tags. */
const { sample } = datadogHttpExpectations;
const inDatadogsOrder: PlatformExpectations = {
  ...datadogHttpExpectations,
  sample: {
    ...sample,
    config: { ...sample.config, tags: ["env:prod", "team:data"] },
  },
};

export const subjects: readonly ConformanceSubject[] = [
  subject("HTTP, as recorded in 2026", datadogHttpExpectations, {}),
  subject("HTTP, tokens blanked, no creator", datadogHttpExpectations, {
    omitTokens: false,
    undocumentedFields: "null_creator",
  }),
  subject("HTTP, tokens blanked after writes", datadogHttpExpectations, {
    omitTokens: "when_read",
  }),
  subject("native, what is documented", datadogNativeExpectations, {
    undocumentedFields: "none",
  }),
  subject("HTTP, tags sorted and folded", inDatadogsOrder, {
    normalizesTags: true,
  }),
  subject("native, tags sorted and folded", datadogNativeExpectations, {
    normalizesTags: true,
  }),
  subject(
    "native, whoever applies may shut themselves out",
    { ...datadogNativeExpectations, access: lockoutAccess },
    {},
    { allowsSelfLockout: true },
  ),
];

function subject(
  title: string,
  expectations: PlatformExpectations,
  behaviour: DatadogBehaviour,
  options: OpenAtOptions = {},
): ConformanceSubject {
  const { members, standinOf } = onStandin({
    start: () =>
      startDatadogStandin({ ...behaviour, contract: datadogContract }),
    connect: (standin) => openAt(standin, options),
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

/** Where Upsolver's pages leave open how it answers, the adapter passes with either. */
import type { JsonObject } from "../../../src/model";
import { upsolverIdentity } from "../../../src/platforms/upsolver/capabilities";
import type { PlatformExpectations } from "../../../src/testing";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import { openAt } from "./open-adapter";
import {
  upsolverKafkaExpectations,
  upsolverNativeExpectations,
  upsolverPostgresqlExpectations,
} from "./upsolver-expectations";
import {
  startUpsolverStandin,
  type UpsolverStandinOptions,
} from "./upsolver-standin";
import type { StoredConnection } from "./upsolver-store";

export const subjects: readonly ConformanceSubject[] = [
  subject(
    "postgresql, answers that take their time",
    upsolverPostgresqlExpectations,
    { polls: 2, listed: true, pageSize: 90 },
  ),
  subject("kafka, secrets in clear", upsolverKafkaExpectations, {
    secretDisplay: "clear",
  }),
  subject("a native type, secrets left out", upsolverNativeExpectations, {
    secretDisplay: "omitted",
  }),
];

function subject(
  title: string,
  expectations: PlatformExpectations,
  options: UpsolverStandinOptions,
): ConformanceSubject {
  const { members, standinOf } = onStandin({
    start: () => startUpsolverStandin(options),
    connect: ({ url, token }) => openAt(url, token),
    // Every statement is a POST.
    isRead: ({ body }) => {
      const { sql = "" } = (body ?? {}) as { readonly sql?: string };
      return /^(SELECT|SHOW)/.test(sql);
    },
  });
  return {
    ...members,
    name: `upsolver, ${title}`,
    capabilities: upsolverIdentity.capabilities,
    expectations,
    storedNames: (platform) =>
      Promise.resolve(
        standinOf(platform)
          .stored()
          .map(({ name }) => name),
      ),
    storedSecrets: (platform, { name }) => {
      const stored = standinOf(platform).stored();
      return Promise.resolve(
        secretsOf(stored.find((connection) => connection.name === name)!),
      );
    },
    useConnection: (platform, { name }) => {
      standinOf(platform).use(
        name,
        "Table: default_glue_catalog.db.orders",
        "Job: load_orders",
      );
      return Promise.resolve("load_orders");
    },
  };
}

/** As declared: what Upsolver holds, by the catalogue's names. */
function secretsOf({ type, options }: StoredConnection): JsonObject {
  if (type === "MONGODB") return { PASSWORD: String(options["PASSWORD"]) };
  if (type !== "KAFKA") return { password: String(options["PASSWORD"]) };
  const line = /^ssl\.keystore\.password=(.*)$/m.exec(
    String(options["CONSUMER_PROPERTIES"] ?? ""),
  );
  return line === null
    ? {}
    : { secret_properties: { "ssl.keystore.password": line[1]! } };
}

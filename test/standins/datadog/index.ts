/**
 * A stand-in for Datadog's action connections, restriction policies and
 * application key registrations, as the facts say that they behave: secrets
 * blanked, tokens left out, lists merged by name, dates in Go's own style, two
 * shapes of errors. Knows nothing of the adapter, but for datadog-under-test.ts,
 * which puts the two together for tests.
 */
export {
  type DatadogStandin,
  type DatadogStandinOptions,
  startDatadogStandin,
} from "./datadog-standin";
export type { Fields, StoredConnection } from "./datadog-store";
export {
  datadogContract,
  DatadogUnderTest,
  declared,
  failureOf,
  key,
  owner,
  told,
} from "./datadog-under-test";

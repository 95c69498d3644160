/**
 * A stand-in for Datadog's action connections, restriction policies and
 * application key registrations, as the facts say that they behave: secrets
 * blanked, tokens left out, lists merged by name, dates in Go's own style, two
 * shapes of errors. Knows nothing of the adapter, but for open-adapter.ts,
 * datadog-under-test.ts, datadog-expectations.ts and conformance.ts, which put it
 * to the test.
 */
export type { DatadogBehaviour } from "./datadog-behaviour";
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

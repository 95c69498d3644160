/**
 * A stand-in for Upsolver's API: one address that runs SQL statements, with a
 * reader of statements of its own, answers that are not ready at once, pages,
 * lists of one, and refusals that list usages. Knows nothing of the adapter, but
 * for open-adapter.ts, upsolver-expectations.ts and conformance.ts, which put it
 * to the test.
 */
export type { StoredRelation } from "./information-schema";
export { openAt } from "./open-adapter";
export {
  startUpsolverStandin,
  type UpsolverStandin,
  type UpsolverStandinOptions,
} from "./upsolver-standin";

import type { PlatformUnderTest } from "../../src/testing";

/**
 * A platform of the registry under test. The suite takes platforms that leave
 * faults and a second client out; one that is ours gives both, so that it
 * cannot pass by leaving out what it would fail.
 */
export type ConformanceSubject = PlatformUnderTest &
  Required<
    Pick<PlatformUnderTest, "openElsewhere" | "injectFault" | "clearFaults">
  >;

/** What the file `conformance.ts` beside a platform's stand-in exports. */
export interface ConformanceModule {
  /** At least one of them with all that the platform can do. */
  readonly subjects: readonly ConformanceSubject[];
  /** Ends what the subjects share, after the last test. @default they share nothing */
  readonly close?: () => Promise<void>;
}

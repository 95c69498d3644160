import type { Platform } from "../../../src/model";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { injectFault } from "./inject-fault";
import type { StandinRequest } from "./route";
import type { Standin } from "./standin";

export interface OnStandinOptions<S extends Standin> {
  /** Gives a stand-in that holds no connections yet. */
  readonly start: () => Promise<S>;
  /** Gives an adapter on it, with a clock that does not wait. */
  readonly connect: (standin: S) => Platform;
  /** Which requests only read. @default those with GET */
  readonly isRead?: (request: StandinRequest) => boolean;
}

export interface OnStandin<S extends Standin> {
  /** What every subject of the conformance suite gives in the same way. */
  readonly members: Pick<
    ConformanceSubject,
    "open" | "openElsewhere" | "injectFault" | "clearFaults"
  >;
  /** What a platform that was opened works on. */
  readonly standinOf: (platform: Platform) => S;
}

/**
 * Each test of the conformance suite on a stand-in of its own. It ends with the
 * test, which fails where an exchange did not fit the vendor's document.
 */
export function onStandin<S extends Standin>({
  start,
  connect,
  isRead,
}: OnStandinOptions<S>): OnStandin<S> {
  const standins = new WeakMap<Platform, S>();
  const standinOf = (platform: Platform) => standins.get(platform)!;
  return {
    standinOf,
    members: {
      open: async () => {
        const standin = await start();
        const platform = connect(standin);
        const opened: Platform = {
          ...platform,
          close: async () => {
            await platform.close();
            await standin.close();
          },
        };
        standins.set(opened, standin);
        return opened;
      },
      openElsewhere: (platform) =>
        Promise.resolve(connect(standinOf(platform))),
      injectFault: (platform, injection) =>
        injectFault(standinOf(platform), injection, isRead),
      clearFaults: (platform) => standinOf(platform).clearFaults(),
    },
  };
}

import type { FaultInjection } from "../../../src/testing";
import type { StandinRequest } from "./route";
import type { Standin } from "./standin";

/**
 * Gives a stand-in the faults of the conformance suite. `isRead` tells which
 * requests only read, where GET does not say it.
 */
export function injectFault(
  standin: Standin,
  { on, fault, times }: FaultInjection,
  isRead: (request: StandinRequest) => boolean = ({ method }) =>
    method === "GET",
): void {
  const where = (request: StandinRequest) =>
    isRead(request) === (on === "read");
  standin.failNext({ match: { where }, fault, times });
}

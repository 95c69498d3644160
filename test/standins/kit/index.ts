/**
 * What every stand-in of a platform is made of: a stateful HTTP server on this
 * machine with routes, a log of what it was asked, faults on demand, rate
 * limits, and the check of every exchange against the vendor's own document.
 * Knows no platform; the behaviour of one belongs in its stand-in beside this folder.
 */
export {
  type Contract,
  type ContractException,
  type ContractOptions,
  loadContract,
} from "./openapi-contract";
export type { FaultMatch } from "./fault";
export type { MethodLimits } from "./method-limits";
export { onStandin } from "./on-standin";
export type {
  StandinAnswer,
  StandinMethod,
  StandinRequest,
  StandinRoute,
} from "./route";
export { skippingTime } from "./skipping-time";
export {
  type LoggedRequest,
  type Standin,
  type StandinOptions,
  type StandinState,
  startStandin,
} from "./standin";

/**
 * Shipped as "./testing", for people who write a platform adapter or test code
 * that uses one: a platform in memory, and the behaviour suite that every
 * adapter passes. Works through the port alone: it imports model and
 * diagnostics, never a concrete platform, and no test framework.
 */
export { describePlatform } from "./conformance/describe-platform";
export type {
  ConnectionSample,
  DeploymentExpectations,
  PlaceExpectations,
  PlatformExpectations,
} from "./conformance/expectations";
export type {
  FaultInjection,
  InjectedFault,
} from "./conformance/injected-fault";
export type { PlatformUnderTest, TestRunner } from "./conformance/suite";
export type { PlannedFault, PortMethod } from "./fault-plan";
export {
  type FaultProxy,
  type NetworkFault,
  startFaultProxy,
} from "./fault-proxy";
export {
  type LoopbackServer,
  type LoopbackServerOptions,
  startLoopbackServer,
} from "./loopback-server";
export {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from "./memory-platform";
export { catalogueExpectations } from "./sample-expectations";

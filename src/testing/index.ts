/**
 * Shipped as "./testing", for people who write a platform adapter or test code
 * that uses one: a platform in memory, and the behaviour suite that every
 * adapter passes. Works through the port alone: it imports model and
 * diagnostics, never a concrete platform, and no test framework.
 */
export { FaultPlan, type PlannedFault, type PortMethod } from "./fault-plan";
export {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from "./memory-platform";

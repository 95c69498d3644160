import type { DiagnosticCode } from "../diagnostics";
import {
  type Capabilities,
  type ConnectionKey,
  type Feature,
  features,
  type JsonObject,
  type LinkKey,
  ownerKinds,
  type Platform,
  type VerificationOutcome,
} from "../model";
import { FaultPlan, type PlannedFault, type PortMethod } from "./fault-plan";
import { memoryConnections } from "./memory-connections";
import { memoryInventory, memoryInventoryManagement } from "./memory-inventory";
import { memoryAttachments, memoryLinks } from "./memory-places";
import { MemoryStore } from "./memory-store";

export interface MemoryPlatformOptions {
  /** @default "memory" */
  readonly name?: string;
  /** @default "Memory" */
  readonly title?: string;
  /** The parts of features that are not named are absent. @default all owners, types and features */
  readonly capabilities?: Capabilities;
  /** The organization of owners that do not name theirs. @default none: such owners are refused */
  readonly organization?: string;
}

/** A platform that lives in memory and does as tests tell it. */
export interface MemoryPlatform extends Platform {
  /** Lets the next calls of a method fail, before any effect unless told otherwise. */
  failNext(fault: PlannedFault): void;
  /** Lets the next call of a write take effect and then fail with `outcome_unknown`. */
  outcomeUnknownAfterEffect(method: PortMethod): void;
  /** How often a method was called. */
  callCount(method: PortMethod): number;
  /** The calls of all methods that were called. */
  callCounts(): Readonly<Partial<Record<PortMethod, number>>>;
  /** Forgets the counts and the failures still to come; the objects stay. */
  resetCalls(): void;
  /** What the next connection tests say. @default ok */
  answerVerification(outcome: VerificationOutcome): void;
  /** The names of the connections that are stored, whosever they are. */
  connectionNames(): readonly string[];
  /** The secrets that are stored, in clear. Undefined where there is no such connection. */
  secretsOf(key: ConnectionKey): JsonObject | undefined;
  /** The overridden secrets that are stored, in clear. Undefined where there is no such link. */
  overrideSecretsOf(key: LinkKey): JsonObject | undefined;
  /** Whether `close` was called. */
  isClosed(): boolean;
}

/** Everything that a platform can have. */
export const everyCapability: Capabilities = {
  owners: ownerKinds,
  types: "all",
  features,
};

/**
 * A platform for unit tests: it keeps the rules of the port, has the features
 * that it is told to have, fails when it is told to fail, and counts calls.
 */
export function createMemoryPlatform(
  options: MemoryPlatformOptions = {},
): MemoryPlatform {
  const {
    name = "memory",
    title = "Memory",
    capabilities = everyCapability,
  } = options;
  const store = new MemoryStore(options.organization);
  const faults = new FaultPlan();
  let verification: VerificationOutcome = { ok: true };
  let closed = false;
  const has = (feature: Feature) => capabilities.features.includes(feature);
  const { list, ...connections } = memoryConnections(store, faults);
  return {
    name,
    title,
    capabilities,
    connections: has("list") ? { list, ...connections } : connections,
    ...(has("attachments") && {
      attachments: memoryAttachments(store, faults),
    }),
    ...(has("links") && { links: memoryLinks(store, faults) }),
    ...(has("verify") && {
      verification: {
        verify: (_connection, call) =>
          faults.run("verification.verify", call, () => verification),
      },
    }),
    ...(has("usage") && {
      usage: {
        find: (key, call) =>
          faults.run("usage.find", call, () =>
            store.usageOf(store.findConnection(key)),
          ),
      },
    }),
    ...(has("inventory") && { inventory: memoryInventory(store, faults) }),
    ...(has("manage_inventory") && {
      inventoryManagement: memoryInventoryManagement(store, faults, {
        canChange: has("change_inventory"),
      }),
    }),
    close: async () => {
      closed = true;
      await Promise.resolve();
    },

    failNext: (fault) => faults.add(fault),
    outcomeUnknownAfterEffect: (method) =>
      faults.add({
        method,
        code: "outcome_unknown" satisfies DiagnosticCode,
        when: "after",
      }),
    callCount: (method) => faults.count(method),
    callCounts: () => faults.counts(),
    resetCalls: () => faults.reset(),
    answerVerification: (outcome) => {
      verification = outcome;
    },
    connectionNames: () =>
      [...store.connections.values()].map(({ name }) => name),
    secretsOf: (key) => store.tryFindConnection(key)?.secrets,
    overrideSecretsOf: (key) => {
      const connection = store.tryFindConnection(key.connection);
      const links = connection === undefined ? [] : store.linksOf(connection);
      return links.find(({ deployment }) => deployment === key.deployment)
        ?.overrideSecrets;
    },
    isClosed: () => closed,
  };
}

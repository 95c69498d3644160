import type { Platform } from "../../model";
import { datadogIdentity } from "./capabilities";
import type { DatadogClient } from "./client";
import { connectionsOf } from "./connections";
import { datadogRules } from "./rules";

export interface DatadogAdapterOptions {
  readonly client: DatadogClient;
  /** Whose an imported connection is: Datadog's answers do not name their organization. */
  readonly organization: string | undefined;
  /** See `allow_self_lockout`; the client sends it. @default false */
  readonly allowsSelfLockout?: boolean;
}

/** The port over Datadog's API. */
export function createDatadogAdapter({
  client,
  organization,
  allowsSelfLockout = false,
}: DatadogAdapterOptions): Platform {
  return {
    ...datadogIdentity,
    rules: datadogRules,
    connections: connectionsOf(client, { organization, allowsSelfLockout }),
    close: () => Promise.resolve(),
  };
}

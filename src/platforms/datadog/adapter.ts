import type { Platform } from "../../model";
import { datadogIdentity } from "./capabilities";
import type { DatadogClient } from "./client";
import { connectionsOf } from "./connections";

export interface DatadogAdapterOptions {
  readonly client: DatadogClient;
  /** Whose an imported connection is: Datadog's answers do not name their organization. */
  readonly organization: string | undefined;
}

/** The port over Datadog's API. */
export function createDatadogAdapter({
  client,
  organization,
}: DatadogAdapterOptions): Platform {
  return {
    ...datadogIdentity,
    connections: connectionsOf(client, organization),
    close: () => Promise.resolve(),
  };
}

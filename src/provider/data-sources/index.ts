/** The data sources: look-ups that manage nothing. */
import { connectionTypesDataSource } from "./connection-types";
import { connectionDataSource, connectionsDataSource } from "./connections";
import type { DataSource } from "./data-source";
import {
  deploymentDataSource,
  deploymentsDataSource,
  workspaceDataSource,
  workspacesDataSource,
} from "./places";
import {
  connectionUsageDataSource,
  effectiveConnectionDataSource,
} from "./usage";

/** By type name. */
export const dataSources: ReadonlyMap<string, DataSource> = new Map(
  [
    connectionDataSource,
    connectionsDataSource,
    connectionUsageDataSource,
    connectionTypesDataSource,
    effectiveConnectionDataSource,
    workspaceDataSource,
    workspacesDataSource,
    deploymentDataSource,
    deploymentsDataSource,
  ].map((dataSource) => [dataSource.typeName, dataSource]),
);

export type { DataSource } from "./data-source";

import type { ProviderContext } from "../provider-context";
import type { ReadDataSourceRequest, ReadDataSourceResponse } from "../wire";
import { diagnosed } from "./diagnosed";
import { dataSourceOf, decodeConfig, encodeRecord } from "./schema-of";

export async function readDataSource(
  request: ReadDataSourceRequest,
  context: ProviderContext,
): Promise<ReadDataSourceResponse> {
  try {
    const dataSource = dataSourceOf(request.typeName);
    const state = await dataSource.read(
      decodeConfig(dataSource.schema, request.config),
      context,
    );
    return { state: encodeRecord(dataSource.schema, state) };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

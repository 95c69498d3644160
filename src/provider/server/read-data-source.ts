import { notKnownYet, type ProviderContext } from "../provider-context";
import {
  type CtyRecord,
  type ReadDataSourceRequest,
  type ReadDataSourceResponse,
  recordOf,
  type Schema,
  UNKNOWN,
} from "../wire";
import { deferral } from "./deferral";
import { diagnosed } from "./diagnosed";
import { dataSourceOf, decodeConfig, encodeRecord } from "./schema-of";

export async function readDataSource(
  request: ReadDataSourceRequest,
  context: ProviderContext,
): Promise<ReadDataSourceResponse> {
  try {
    const { schema, asksNobody, read } = dataSourceOf(request.typeName);
    const config = decodeConfig(schema, request.config);
    if (context.configuration.kind === "undecided" && asksNobody !== true) {
      const answer = deferral(request, context);
      if (answer.deferred === undefined) throw notKnownYet();
      return { ...answer, state: encodeRecord(schema, later(config, schema)) };
    }
    return { state: encodeRecord(schema, await read(config, context)) };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

/** What the platform will tell is not known until it can be asked. */
function later(config: CtyRecord, schema: Schema): CtyRecord {
  return recordOf(
    (schema.block.attributes ?? []).map(({ name, computed }) => [
      name,
      config[name] ?? (computed === true ? UNKNOWN : null),
    ]),
  );
}

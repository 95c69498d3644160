import { dataSources, type DataSource } from "../data-sources";
import { type Resource, resources } from "../resources";
import { schemaType } from "../schema/schema-type";
import {
  type CtyRecord,
  type CtyType,
  decodeDynamicValue,
  type DynamicValue,
  encodeDynamicValue,
  isRecord,
  recordOf,
  type Schema,
} from "../wire";

/** Decoding and encoding that all RPCs share: values of a schema, null included. */

export function resourceOf(typeName: string): Resource {
  const resource = resources.get(typeName);
  if (resource === undefined)
    throw new Error(`core asked for the resource type ${typeName}`);
  return resource;
}

export function dataSourceOf(typeName: string): DataSource {
  const dataSource = dataSources.get(typeName);
  if (dataSource === undefined)
    throw new Error(`core asked for the data source ${typeName}`);
  return dataSource;
}

/** Whether it is null, told without decoding: a plan asks this for every object. */
export function isNull(value: DynamicValue | undefined): boolean {
  const bytes = value?.msgpack;
  return bytes === undefined || bytes.length === 0 || bytes[0] === MSGPACK_NIL;
}

const MSGPACK_NIL = 0xc0;

/** A value of the schema, or null. */
export function decodeRecord(
  schema: Schema,
  value: DynamicValue | undefined,
): CtyRecord | null {
  const decoded = decodeDynamicValue(schemaType(schema), value);
  if (decoded === null || isRecord(decoded)) return decoded;
  throw new Error("core sent a value that is no object");
}

/** What was there before. Write-only values, which no client should have kept, are not passed on. */
export function decodeState(
  schema: Schema,
  value: DynamicValue | undefined,
): CtyRecord | null {
  const state = decodeRecord(schema, value);
  return state === null ? null : withoutWriteOnly(schema, state);
}

/** Core takes a value there for a mistake of ours. */
export function withoutWriteOnly(schema: Schema, state: CtyRecord): CtyRecord {
  const found = (schema.block.attributes ?? []).filter(
    ({ name, writeOnly }) =>
      writeOnly === true && (state[name] ?? null) !== null,
  );
  return found.length === 0
    ? state
    : recordOf(
        Object.entries(state).map(([name, value]) => [
          name,
          found.some((one) => one.name === name) ? null : value,
        ]),
      );
}

/** A value of the schema that core never sends as null. */
export function decodeConfig(
  schema: Schema,
  value: DynamicValue | undefined,
): CtyRecord {
  const record = decodeRecord(schema, value);
  if (record === null) throw new Error("core sent no configuration");
  return record;
}

/** Null is written out: a value left away would be read as null, but only by chance of the same meaning. */
export function encodeRecord(
  schema: Schema,
  record: CtyRecord | null,
): DynamicValue {
  const type: CtyType = schemaType(schema);
  return encodeDynamicValue(type, record);
}

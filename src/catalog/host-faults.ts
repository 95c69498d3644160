import { fieldOf, isObject, type Value } from "../model";
import type { Fault } from "./fault";
import type { FieldSchema } from "./field-schema";

/** `db:5432` and `[::1]:5432`. An IPv6 address without brackets has several colons, and its end is no port. */
const WITH_PORT = /^(?:[^:[\]\s]+|\[[^[\]\s]+\]):(\d{1,5})$/;

/** A host that holds a port, in every type that has a field for the port. Schemas cannot say it well: their rule would only show its pattern. */
export function hostFaults(
  { properties }: FieldSchema,
  fields: Value,
): readonly Fault[] {
  if (properties?.["host"] === undefined || properties["port"] === undefined)
    return [];
  const host = isObject(fields) ? fieldOf(fields, "host") : undefined;
  const port = typeof host === "string" ? WITH_PORT.exec(host)?.[1] : undefined;
  return port === undefined
    ? []
    : [
        {
          kind: "value",
          path: ["host"],
          detail: `"host" holds a port: write the host alone, and port = ${port}.`,
        },
      ];
}

import type { ConnectionType } from "./connection-type";
import type { FieldSchema } from "./field-schema";

/**
 * What every type has beside its own fields: those that the platform knows and
 * the type does not, under the platform's names.
 */
const freeFields: Readonly<Record<"extra" | "secret_extra", FieldSchema>> = {
  extra: {
    type: "object",
    title: "Extra",
    description:
      "Further fields as the platform names them, of any kind, nested ones too. No secrets.",
    additionalProperties: true,
    examples: [{ application_name: "loader", retry: { times: 3 } }],
  },
  secret_extra: {
    type: "object",
    title: "Secret extra",
    description:
      "Further fields as the platform names them that are secret. Merged with extra where the platform has only one of them.",
    writeOnly: true,
    additionalProperties: true,
    examples: [{ signing_key: "tr0ub4dor-and-3" }],
  },
};

export function withFreeFields(type: ConnectionType): ConnectionType {
  return {
    ...type,
    schema: {
      ...type.schema,
      properties: { ...type.schema.properties, ...freeFields },
    },
  };
}

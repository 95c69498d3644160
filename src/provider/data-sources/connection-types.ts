import { listConnectionTypes, secretFieldsOfType } from "../../catalog";
import { connectionTypesDataSchema } from "../schema/data-sources";
import { recordOfSchema } from "../schema/schema-type";
import { recordOf } from "../wire";
import { compare } from "./connections";
import type { DataSource } from "./data-source";

/** patchbay_connection_types */
export const connectionTypesDataSource: DataSource = {
  typeName: "patchbay_connection_types",
  schema: connectionTypesDataSchema,
  asksNobody: true,

  read(_config, context) {
    const held = context.rules?.capabilities.types ?? "all";
    const types = listConnectionTypes()
      .filter(({ name }) => held === "all" || held.includes(name))
      .sort((left, right) => compare(left.name, right.name))
      .map((type) => {
        const secretFields = secretFieldsOfType(type.name);
        const fields = Object.keys(type.schema.properties ?? {});
        return recordOf([
          ["name", type.name],
          ["title", type.title],
          ["description", type.description],
          [
            "config_fields",
            fields.filter((field) => !secretFields.includes(field)).sort(),
          ],
          ["secret_fields", secretFields],
        ]);
      });
    return Promise.resolve(
      recordOfSchema(connectionTypesDataSchema, { types }),
    );
  },
};

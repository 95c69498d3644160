import { fieldOf } from "../../../model";
import {
  type CatalogueTypeName,
  catalogueTypes,
} from "../options/catalogue-types";
import { textField } from "../options/option";
import {
  formatAddress,
  givenParameters,
  knownParameters,
  parseAddress,
} from "./address";
import { defaultOf } from "./defaults";
import { loginType, type LoginTypeOptions } from "./login-type";
import { plainFields, type TypeTranslation } from "./type-translation";

export interface JdbcTypeOptions extends Pick<LoginTypeOptions, "title"> {
  readonly type: CatalogueTypeName;
  /** As in the address: `postgresql`. */
  readonly subprotocol: string;
  /** The fields that are parameters of the address, each with the driver's name for it. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How the driver writes the values of `ssl_mode`. @default as the catalogue */
  readonly sslModes?: "capitals";
  /** The fields that the address has no place for. */
  readonly lacks: readonly string[];
}

/** A database at `jdbc:postgresql://host:port/database?name=value`. */
export function jdbcType(options: JdbcTypeOptions): TypeTranslation {
  const { type, title, subprotocol } = options;
  const style = { prefix: `jdbc:${subprotocol}://`, slash: true };
  const parameters = Object.entries(options.parameters);
  const inCapitals = (field: string) =>
    field === "ssl_mode" && options.sslModes === "capitals";
  const native = `Remove it, or use the native type "upsolver:${catalogueTypes[type].keyword}", whose CONNECTION_STRING takes every parameter of the JDBC driver.`;
  return loginType({
    type,
    title,
    lacks: Object.fromEntries(options.lacks.map((field) => [field, native])),
    needs: "host",

    toAddress: (config) =>
      formatAddress(style, {
        host: textField(config, "host") ?? "",
        port: Number(fieldOf(config, "port") ?? defaultOf(type, "port")),
        path: textField(config, "database"),
        parameters: givenParameters(
          parameters.map(([field, parameter]) => {
            const value = textField(config, field);
            return [
              parameter,
              inCapitals(field) ? value?.toUpperCase() : value,
            ];
          }),
        ),
      }),

    fromAddress: (text) => {
      const address = parseAddress(style, text);
      const values =
        address && knownParameters(address, Object.values(options.parameters));
      if (values === undefined) return undefined;
      return plainFields({
        host: address?.host,
        port: address?.port,
        database: address?.path === "" ? undefined : address?.path,
        ...Object.fromEntries(
          parameters.map(([field, parameter]) => {
            const value = fieldOf(values, parameter);
            return [field, inCapitals(field) ? value?.toLowerCase() : value];
          }),
        ),
      });
    },
  });
}

import { fieldOf, invalid, valid } from "../../../model";
import { givenOptions, textField } from "../options/option";
import {
  type AddressStyle,
  formatAddress,
  givenParameters,
  knownParameters,
  parseAddress,
} from "./address";
import {
  hasOnly,
  loginOptions,
  missingFields,
  plainFields,
  type TypeTranslation,
  unsupportedFields,
} from "./type-translation";

const title = "MySQL";
const style: AddressStyle = { prefix: "jdbc:mysql://", slash: true };
const native =
  'Remove it; what the JDBC driver has instead can be given in the CONNECTION_STRING of the native type "upsolver:MYSQL".';

/** `jdbc:mysql://host:port/database?sslMode=…` */
export const mysql: TypeTranslation = {
  type: "mysql",
  keyword: "MYSQL",

  toOptions: (fields) => {
    const { config, secrets } = fields;
    const faults = [
      ...unsupportedFields(title, fields, {
        charset: native,
        parameters: native,
        ssl_root_certificate: native,
        ssl_certificate: native,
        ssl_key: native,
      }),
      ...missingFields(title, "config", config, ["host", "login"]),
      ...missingFields(title, "secrets", secrets, ["password"]),
    ];
    if (faults.length > 0) return invalid(...faults);
    return valid(
      givenOptions({
        CONNECTION_STRING: formatAddress(style, {
          host: textField(config, "host") ?? "",
          port: fieldOf(config, "port") as number | undefined,
          path: textField(config, "database"),
          parameters: givenParameters([
            ["sslMode", textField(config, "ssl_mode")?.toUpperCase()],
          ]),
        }),
        USER_NAME: textField(config, "login"),
        PASSWORD: textField(secrets, "password"),
      }),
    );
  },

  fromOptions: (options) => {
    const address = parseAddress(
      style,
      textField(options, "CONNECTION_STRING") ?? "",
    );
    const parameters = address && knownParameters(address, ["sslMode"]);
    if (parameters === undefined || !hasOnly(options, loginOptions))
      return undefined;
    return plainFields({
      host: address?.host,
      port: address?.port,
      database: address?.path === "" ? undefined : address?.path,
      login: textField(options, "USER_NAME"),
      ssl_mode: parameters["sslMode"]?.toLowerCase(),
    });
  },
};

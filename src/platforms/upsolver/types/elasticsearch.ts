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

const title = "Elasticsearch";
const style: AddressStyle = { prefix: "elasticsearch://", slash: false };

/** `elasticsearch://host:port?cluster.name=…&ssl=true` */
export const elasticsearch: TypeTranslation = {
  type: "elasticsearch",
  keyword: "ELASTICSEARCH",

  toOptions: (fields) => {
    const { config, secrets } = fields;
    const faults = [
      ...unsupportedFields(title, fields, {
        index: "Remove it; the job that writes names the index.",
        api_key: 'Give "login" and "password" instead.',
        verify_tls: "Remove it; Upsolver does not let anyone choose.",
        ssl_root_certificate:
          "Remove it; Upsolver trusts the authorities that it knows.",
        timeout_seconds: "Remove it; Upsolver chooses its own.",
      }),
      // The address says both, so what is not declared would come back as declared.
      ...missingFields(title, "config", config, [
        "host",
        "port",
        "scheme",
        "login",
      ]),
      ...missingFields(title, "secrets", secrets, ["password"]),
    ];
    if (faults.length > 0) return invalid(...faults);
    const https = textField(config, "scheme") === "https";
    return valid(
      givenOptions({
        CONNECTION_STRING: formatAddress(style, {
          host: textField(config, "host") ?? "",
          port: fieldOf(config, "port") as number | undefined,
          parameters: givenParameters([
            ["cluster.name", textField(config, "cluster_name")],
            ["ssl", https ? "true" : undefined],
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
    const parameters =
      address && knownParameters(address, ["cluster.name", "ssl"]);
    if (
      parameters === undefined ||
      address?.port === undefined ||
      (address.path ?? "") !== "" ||
      !hasOnly(options, loginOptions)
    )
      return undefined;
    return plainFields({
      host: address.host,
      port: address.port,
      scheme: parameters["ssl"] === "true" ? "https" : "http",
      cluster_name: parameters["cluster.name"],
      login: textField(options, "USER_NAME"),
    });
  },
};

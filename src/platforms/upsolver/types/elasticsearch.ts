import { fieldOf } from "../../../model";
import { textField } from "../options/option";
import {
  type AddressStyle,
  formatAddress,
  givenParameters,
  knownParameters,
  parseAddress,
} from "./address";
import { defaultOf } from "./defaults";
import { loginType } from "./login-type";
import { plainFields } from "./type-translation";

const style: AddressStyle = { prefix: "elasticsearch://", slash: false };

/** `elasticsearch://host:port?cluster.name=…&ssl=true` */
export const elasticsearch = loginType({
  type: "elasticsearch",
  title: "Elasticsearch",
  lacks: {
    index: "Remove it; the job that writes names the index.",
    api_key: 'Give "login" and "password" instead.',
    verify_tls: "Remove it; Upsolver leaves no choice.",
    ssl_root_certificate:
      "Remove it; Upsolver trusts the authorities that it knows.",
    timeout_seconds: "Remove it; Upsolver chooses its own.",
  },
  needs: "host",

  toAddress: (config) => {
    const type = "elasticsearch";
    const scheme = textField(config, "scheme") ?? defaultOf(type, "scheme");
    return formatAddress(style, {
      host: textField(config, "host") ?? "",
      port: Number(fieldOf(config, "port") ?? defaultOf(type, "port")),
      parameters: givenParameters([
        ["cluster.name", textField(config, "cluster_name")],
        ["ssl", scheme === "https" ? "true" : undefined],
      ]),
    });
  },

  // Nobody says which port it is where the address names none.
  fromAddress: (text) => {
    const address = parseAddress(style, text);
    const parameters =
      address && knownParameters(address, ["cluster.name", "ssl"]);
    if (
      parameters === undefined ||
      address?.port === undefined ||
      (address.path ?? "") !== ""
    )
      return undefined;
    return plainFields({
      host: address.host,
      port: address.port,
      scheme: parameters["ssl"] === "true" ? "https" : "http",
      cluster_name: parameters["cluster.name"],
    });
  },
});

import { errorDiagnostic } from "../../../diagnostics";
import { fieldOf, isObject, type JsonObject, objectOf } from "../../../model";
import { textField } from "../options/option";
import {
  type AddressStyle,
  formatAddress,
  givenParameters,
  isCredentialParameter,
  parseAddress,
} from "./address";
import { loginType } from "./login-type";
import { type DeclaredFields, plainFields } from "./type-translation";

const domain = ".snowflakecomputing.com";
const style: AddressStyle = { prefix: "jdbc:snowflake://", slash: false };
const keyPair =
  'Give "password" instead, or use the native type "upsolver:SNOWFLAKE" with PRIVATE_KEY_FILE.';

/** The parameter of each field. Every other parameter is one of the session. */
const parameterOf: Readonly<Record<string, string>> = {
  database: "db",
  schema: "schema",
  warehouse: "warehouse",
  role: "role",
};

/** `jdbc:snowflake://account.region.snowflakecomputing.com?db=…&warehouse=…&role=…` */
export const snowflake = loginType({
  type: "snowflake",
  title: "Snowflake",
  lacks: { private_key: keyPair, private_key_passphrase: keyPair },
  needs: "account",
  faults: ambiguousParts,

  toAddress: (config) => {
    const region = textField(config, "region");
    const account = textField(config, "account") ?? "";
    return formatAddress(style, {
      host: `${account}${region === undefined ? "" : `.${region}`}${domain}`,
      parameters: [
        ...givenParameters(
          Object.entries(parameterOf).map(([field, parameter]) => [
            parameter,
            textField(config, field),
          ]),
        ),
        ...sessionParameters(config),
      ],
    });
  },

  fromAddress: (text) => {
    const address = parseAddress(style, text);
    if (
      address === undefined ||
      !address.host.endsWith(domain) ||
      address.port !== undefined ||
      (address.path ?? "") !== ""
    )
      return undefined;
    const [account, ...region] = address.host
      .slice(0, -domain.length)
      .split(".");
    const parameters = new Map(address.parameters);
    const known = Object.values(parameterOf);
    const session = [...parameters].filter(([name]) => !known.includes(name));
    return plainFields({
      account,
      region: region.length === 0 ? undefined : region.join("."),
      ...Object.fromEntries(
        Object.entries(parameterOf).map(([field, parameter]) => [
          field,
          parameters.get(parameter),
        ]),
      ),
      session_parameters:
        session.length === 0 ? undefined : objectOf(session.sort()),
    });
  },
});

function sessionParameters(
  config: JsonObject,
): readonly (readonly [string, string])[] {
  const session = fieldOf(config, "session_parameters");
  return isObject(session)
    ? Object.entries(session).map(([name, value]) => [name, String(value)])
    : [];
}

/** What would come back as something else. */
function ambiguousParts({ config }: DeclaredFields) {
  const faults = [];
  if (textField(config, "account")?.includes(".")) {
    faults.push(
      errorDiagnostic({
        code: "invalid_field",
        path: ["config", "account"],
        detail:
          'In the address that Upsolver is given, what follows the first dot is the region. Give it as "region".',
      }),
    );
  }
  for (const [name] of sessionParameters(config)) {
    if (isCredentialParameter(name)) {
      faults.push(
        errorDiagnostic({
          code: "secret_in_config",
          path: ["config", "session_parameters", name],
          detail: `${JSON.stringify(name)} would be part of the address, which Upsolver shows to everybody. Remove it, and give the password in secrets.`,
        }),
      );
    }
    if (!Object.values(parameterOf).includes(name.toLowerCase())) continue;
    faults.push(
      errorDiagnostic({
        code: "conflicting_arguments",
        path: ["config", "session_parameters", name],
        detail: `In the address that Upsolver is given, ${JSON.stringify(name)} is a field of the connection. Give it as that field.`,
      }),
    );
  }
  return faults;
}

import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  invalid,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
  valid,
} from "../../../model";
import { catalogueTypes } from "../options/catalogue-types";
import { givenOptions, type OptionValue, textField } from "../options/option";
import {
  formatProperties,
  isSecretProperty,
  parseProperties,
  type Property,
} from "./kafka-properties";
import {
  type DeclaredFields,
  hasOnly,
  plainFields,
  missingFields,
  type TypeTranslation,
  unsupportedFields,
} from "./type-translation";

const title = "Kafka";
const PROTOCOL = "security.protocol";
const MECHANISM = "sasl.mechanism";
const JAAS = "sasl.jaas.config";

function asProperty(name: string, store: string, place: string): string {
  return `Give it as Kafka names it: ${JSON.stringify(name)} in ${place}, with "ssl.${store}.type" = "PEM" in properties.`;
}

/** What there is instead of the fields that are files elsewhere. */
const lacks: Readonly<Record<string, string>> = {
  ssl_root_certificate: asProperty(
    "ssl.truststore.certificates",
    "truststore",
    "properties",
  ),
  ssl_certificate: asProperty(
    "ssl.keystore.certificate.chain",
    "keystore",
    "properties",
  ),
  ssl_key: asProperty("ssl.keystore.key", "keystore", "secret_properties"),
};

/**
 * A cluster. What Kafka calls consumer properties is one text with plain settings
 * and secrets in it. Without security.protocol Kafka's own clients do what the
 * catalogue's default says, PLAINTEXT, and so does Upsolver without SSL.
 */
export const kafka: TypeTranslation = {
  type: "kafka",
  keyword: catalogueTypes.kafka.keyword,

  toOptions: (fields) => {
    const { config } = fields;
    const faults = [
      ...unsupportedFields(title, fields, lacks),
      ...missingFields(title, "config", config, ["bootstrap_servers"]),
      ...loginFaults(fields),
      ...placementFaults(fields),
    ];
    if (faults.length > 0) return invalid(...faults);
    const topics = texts(fieldOf(config, "topics"));
    const properties = propertiesOf(fields);
    return valid(
      givenOptions({
        HOSTS: texts(fieldOf(config, "bootstrap_servers")) ?? [],
        CONSUMER_PROPERTIES:
          properties.length === 0 ? undefined : formatProperties(properties),
        SSL: usesTls(config) ? true : undefined,
        TOPIC_DISPLAY_FILTERS: topics,
      }),
    );
  },

  fromOptions: (options) => {
    const values = options as Readonly<Record<string, OptionValue | undefined>>;
    const { HOST, HOSTS, SSL, TOPIC_DISPLAY_FILTER, TOPIC_DISPLAY_FILTERS } =
      values;
    const plain = plainPropertiesOf(values["CONSUMER_PROPERTIES"] ?? "");
    const config = plainFields({
      bootstrap_servers: HOSTS ?? (HOST === undefined ? undefined : [HOST]),
      ...plain,
      topics:
        TOPIC_DISPLAY_FILTERS ??
        (TOPIC_DISPLAY_FILTER === undefined
          ? undefined
          : [TOPIC_DISPLAY_FILTER]),
    } as Readonly<Record<string, JsonValue | undefined>>);
    const expressible =
      hasOnly(
        options,
        [
          "HOST",
          "HOSTS",
          "CONSUMER_PROPERTIES",
          "SSL",
          "TOPIC_DISPLAY_FILTER",
          "TOPIC_DISPLAY_FILTERS",
        ],
        { VERSION: "CURRENT", REQUIRE_STATIC_IP: true },
      ) && (SSL === true) === usesTls(config);
    return expressible ? config : undefined;
  },

  mixedPart: (_option, value) => ({
    plain: plainPropertiesOf(value),
    hasSecrets:
      typeof value === "string" &&
      parseProperties(value).some(([name]) => isSecretProperty(name)),
  }),
};

function usesTls(config: JsonObject): boolean {
  return (textField(config, "security_protocol") ?? "").endsWith("SSL");
}

function propertiesOf({
  config,
  secrets,
}: DeclaredFields): readonly Property[] {
  const protocol = textField(config, "security_protocol");
  const mechanism = textField(config, "sasl_mechanism");
  const login = textField(config, "login");
  const properties: Property[] = [];
  if (protocol !== undefined) properties.push([PROTOCOL, protocol]);
  if (mechanism !== undefined) properties.push([MECHANISM, mechanism]);
  if (mechanism !== undefined && login !== undefined) {
    const password = textField(secrets, "password") ?? "";
    properties.push([JAAS, jaasOf({ mechanism, login, password })]);
  }
  return [
    ...properties,
    ...entriesOf(fieldOf(config, "properties")),
    ...entriesOf(secrets && fieldOf(secrets, "secret_properties")),
  ];
}

function jaasOf(options: {
  readonly mechanism: string;
  readonly login: string;
  readonly password: string;
}): string {
  const module =
    options.mechanism === "PLAIN"
      ? "plain.PlainLoginModule"
      : "scram.ScramLoginModule";
  return `org.apache.kafka.common.security.${module} required username=${jaasText(options.login)} password=${jaasText(options.password)};`;
}

function jaasText(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function loginOfJaas(jaas: string): string | undefined {
  const found = /\busername="((?:[^"\\]|\\.)*)"/s.exec(jaas)?.[1];
  return found?.replace(/\\(.)/gs, "$1");
}

/** The catalogue's plain fields that the text holds. */
function plainPropertiesOf(value: OptionValue): JsonObject {
  const all = new Map(parseProperties(typeof value === "string" ? value : ""));
  const others = [...all].filter(
    ([name]) =>
      ![PROTOCOL, MECHANISM].includes(name) && !isSecretProperty(name),
  );
  return plainFields({
    security_protocol: all.get(PROTOCOL),
    sasl_mechanism: all.get(MECHANISM),
    login: loginOfJaas(all.get(JAAS) ?? ""),
    properties: others.length === 0 ? undefined : objectOf(others.sort()),
  });
}

function loginFaults({
  config,
  secrets,
}: DeclaredFields): readonly Diagnostic[] {
  if (Object.hasOwn(config, "login")) {
    return [
      ...missingFields(title, "config", config, ["sasl_mechanism"]),
      ...missingFields(title, "secrets", secrets, ["password"]),
    ];
  }
  return Object.hasOwn(config, "sasl_mechanism")
    ? missingFields(title, "config", config, ["login"])
    : [];
}

/** Names under which a property would come back as something else, or a secret would come back at all. */
function placementFaults({
  config,
  secrets,
}: DeclaredFields): readonly Diagnostic[] {
  const plain = entriesOf(fieldOf(config, "properties"));
  const secret = entriesOf(secrets && fieldOf(secrets, "secret_properties"));
  const faults: Diagnostic[] = [];
  for (const [name] of plain) {
    if (isSecretProperty(name)) {
      faults.push(
        errorDiagnostic({
          code: "secret_in_config",
          path: ["config", "properties", name],
          detail: `A property of this name holds a secret. Give it in secret_properties.`,
        }),
      );
    }
    faults.push(...reservedFaults(name, ["config", "properties", name]));
  }
  for (const [name] of secret) {
    if (!isSecretProperty(name)) {
      faults.push(
        errorDiagnostic({
          code: "plain_field_in_secrets",
          path: ["secrets", "secret_properties", name],
          detail: `Upsolver keeps plain and secret properties in one text, and only their names tell them apart when it is read back. The name ${JSON.stringify(name)} does not tell that it is secret. Give it in properties, if it is none.`,
        }),
      );
    }
    faults.push(
      ...reservedFaults(name, ["secrets", "secret_properties", name]),
    );
  }
  return faults;
}

function reservedFaults(
  name: string,
  path: readonly string[],
): readonly Diagnostic[] {
  if (![PROTOCOL, MECHANISM, JAAS].includes(name)) return [];
  return [
    errorDiagnostic({
      code: "conflicting_arguments",
      path,
      detail: `The property ${name} follows from security_protocol, sasl_mechanism, login and password. Give those instead.`,
    }),
  ];
}

function entriesOf(value: JsonValue | undefined): readonly Property[] {
  return isObject(value)
    ? Object.entries(value).map(([name, text]) => [name, String(text)])
    : [];
}

function texts(value: JsonValue | undefined): readonly string[] | undefined {
  return isList(value) ? value.map(String) : undefined;
}

import type { OptionRule, OptionRules } from "./option";

/**
 * What is known about the options of each of Upsolver's connection types: the
 * one table that statements, checks, secrecy and capabilities follow from. It is
 * of October 2023; options that it does not know are passed through.
 */
const text: OptionRule = { form: "text" };
const requiredText: OptionRule = { form: "text", required: true };
const secret: OptionRule = { form: "text", secret: true };
const integer: OptionRule = { form: "integer" };

const awsCredentials: OptionRules = {
  AWS_ROLE: { form: "text", together: ["EXTERNAL_ID"] },
  EXTERNAL_ID: { form: "text", together: ["AWS_ROLE"] },
  AWS_ACCESS_KEY_ID: { form: "text", together: ["AWS_SECRET_ACCESS_KEY"] },
  AWS_SECRET_ACCESS_KEY: {
    form: "text",
    secret: true,
    together: ["AWS_ACCESS_KEY_ID"],
  },
};

function displayFilter(name: string): OptionRules {
  return {
    [`${name}_DISPLAY_FILTER`]: text,
    [`${name}_DISPLAY_FILTERS`]: { form: "list" },
  };
}

const login: OptionRules = {
  CONNECTION_STRING: requiredText,
  USER_NAME: requiredText,
  PASSWORD: { form: "text", required: true, secret: true },
};
const limit: OptionRules = { MAX_CONCURRENT_CONNECTIONS: integer };

export const optionTables: Readonly<Record<string, OptionRules>> = {
  S3: {
    ...awsCredentials,
    ...displayFilter("PATH"),
    // Upsolver documents none; a declaration of the catalogue's type always says which.
    READ_ONLY: { form: "boolean", default: false },
    ENCRYPTION_KMS_KEY: text,
    ENCRYPTION_CUSTOMER_MANAGED_KEY: secret,
  },
  KINESIS: {
    ...awsCredentials,
    REGION: { form: "text", required: true, alterable: false },
    READ_ONLY: { form: "boolean", alterable: false, default: false },
    MAX_WRITERS: { form: "integer", default: 20 },
    ...displayFilter("STREAM"),
  },
  KAFKA: {
    HOST: { form: "text", alterable: false },
    HOSTS: { form: "list", required: true, orElse: "HOST", alterable: false },
    CONSUMER_PROPERTIES: { form: "text", secret: "mixed", default: "" },
    VERSION: {
      form: "word",
      alterable: false,
      default: "CURRENT",
      words: ["CURRENT", "LEGACY"],
    },
    REQUIRE_STATIC_IP: { form: "boolean", default: true },
    SSL: { form: "boolean", default: false },
    ...displayFilter("TOPIC"),
  },
  GLUE_CATALOG: {
    ...awsCredentials,
    DEFAULT_STORAGE_CONNECTION: {
      form: "name",
      required: true,
      alterable: false,
    },
    DEFAULT_STORAGE_LOCATION: {
      form: "text",
      required: true,
      alterable: false,
    },
    REGION: { form: "text", alterable: false },
    ...displayFilter("DATABASE"),
  },
  SNOWFLAKE: {
    CONNECTION_STRING: requiredText,
    USER_NAME: {
      form: "text",
      required: true,
      together: ["PASSWORD"],
    },
    PASSWORD: {
      form: "text",
      required: true,
      orElse: "PRIVATE_KEY_FILE",
      secret: true,
      together: ["USER_NAME"],
    },
    // A path; the key itself is never part of a statement.
    PRIVATE_KEY_FILE: {
      form: "text",
      together: ["USER_NAME", "PRIVATE_KEY_FILE_PWD"],
    },
    PRIVATE_KEY_FILE_PWD: {
      form: "text",
      secret: true,
      together: ["PRIVATE_KEY_FILE"],
    },
    ...limit,
  },
  REDSHIFT: { ...login, ...limit },
  POSTGRES: { ...login, ...limit },
  MYSQL: { ...login, ...limit },
  MSSQL: { ...login, ...limit },
  ELASTICSEARCH: { ...login, ...limit },
  MONGODB: { ...login, TIMEOUT: { form: "interval" } },
};

const comment: OptionRule = { form: "text", default: "" };

/** What is known about an option of a type; of an option that is not in the table, only what its name tells. */
export function ruleOf(
  keyword: string,
  option: string,
): OptionRule | undefined {
  if (option === "COMMENT") return comment;
  const table = Object.hasOwn(optionTables, keyword)
    ? optionTables[keyword]
    : undefined;
  return table !== undefined && Object.hasOwn(table, option)
    ? table[option]
    : undefined;
}

/**
 * The catalogue's types in Upsolver's words. Data only: the capabilities follow
 * from it as well as the translations, and they have to be light to load.
 */
export interface CatalogueType {
  /** As in statements: `POSTGRES`. */
  readonly keyword: string;
  /** The field by the option that there is because of it. Every other field is a part of an option. */
  readonly fields: Readonly<Record<string, string>>;
}

const login: CatalogueType["fields"] = {
  CONNECTION_STRING: "host",
  USER_NAME: "login",
  PASSWORD: "password",
};

export const catalogueTypes = {
  "amazon-s3": {
    keyword: "S3",
    fields: {
      PATH_DISPLAY_FILTER: "bucket",
      READ_ONLY: "read_only",
      AWS_ROLE: "role_arn",
      EXTERNAL_ID: "external_id",
      AWS_ACCESS_KEY_ID: "access_key_id",
      AWS_SECRET_ACCESS_KEY: "secret_access_key",
      ENCRYPTION_KMS_KEY: "kms_key_arn",
      ENCRYPTION_CUSTOMER_MANAGED_KEY: "customer_encryption_key",
    },
  },
  elasticsearch: { keyword: "ELASTICSEARCH", fields: login },
  kafka: {
    keyword: "KAFKA",
    fields: {
      HOSTS: "bootstrap_servers",
      SSL: "security_protocol",
      TOPIC_DISPLAY_FILTERS: "topics",
    },
  },
  mysql: { keyword: "MYSQL", fields: login },
  postgresql: { keyword: "POSTGRES", fields: login },
  snowflake: {
    keyword: "SNOWFLAKE",
    fields: { ...login, CONNECTION_STRING: "account" },
  },
} as const satisfies Readonly<Record<string, CatalogueType>>;

export type CatalogueTypeName = keyof typeof catalogueTypes;

/** The type of that name; undefined for those that Upsolver has no place for, and for native ones. */
export function tryFindCatalogueType(type: string): CatalogueType | undefined {
  return Object.hasOwn(catalogueTypes, type)
    ? catalogueTypes[type as CatalogueTypeName]
    : undefined;
}

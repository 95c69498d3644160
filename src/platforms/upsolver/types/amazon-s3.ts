import { errorDiagnostic } from "../../../diagnostics";
import { fieldOf, invalid, valid } from "../../../model";
import { givenOptions, type Options, textField } from "../options/option";
import {
  type DeclaredFields,
  hasOnly,
  missingFields,
  plainFields,
  type TypeTranslation,
  unsupportedFields,
} from "./type-translation";

const title = "Amazon S3";

/** The plain options that are a field of their own. */
const optionOf: Readonly<Record<string, string>> = {
  role_arn: "AWS_ROLE",
  external_id: "EXTERNAL_ID",
  access_key_id: "AWS_ACCESS_KEY_ID",
  kms_key_arn: "ENCRYPTION_KMS_KEY",
};
const secretOptionOf: Readonly<Record<string, string>> = {
  secret_access_key: "AWS_SECRET_ACCESS_KEY",
  customer_encryption_key: "ENCRYPTION_CUSTOMER_MANAGED_KEY",
};
const FILTER = "PATH_DISPLAY_FILTER";

/** Bucket and prefix are the display filter: what is shown first, and no access control. */
export const amazonS3: TypeTranslation = {
  type: "amazon-s3",
  keyword: "S3",

  toOptions: (fields) => {
    const { config, secrets } = fields;
    const faults = [
      ...unsupportedFields(title, fields, {
        region: "Remove it; Upsolver finds the region of a bucket itself.",
        endpoint_url: "Upsolver reaches Amazon's own service only.",
        session_token:
          "Temporary credentials would not last; give a role, or an access key that does not expire.",
      }),
      ...prefixFaults(fields),
      ...(secrets !== undefined && Object.hasOwn(config, "access_key_id")
        ? missingFields(title, "secrets", secrets, ["secret_access_key"])
        : []),
    ];
    if (faults.length > 0) return invalid(...faults);
    const readOnly = fieldOf(config, "read_only");
    return valid(
      givenOptions({
        ...translated(optionOf, (field) => textField(config, field)),
        ...translated(secretOptionOf, (field) => textField(secrets, field)),
        [FILTER]: filterOf(fields),
        READ_ONLY: typeof readOnly === "boolean" ? readOnly : undefined,
      }),
    );
  },

  fromOptions: (options) => {
    const allowed = [
      ...Object.values(optionOf),
      ...Object.values(secretOptionOf),
      FILTER,
      "READ_ONLY",
    ];
    const filter = textField(options, FILTER);
    const place = /^s3:\/\/([^/]+)(?:\/(.+))?$/s.exec(filter ?? "");
    if (!hasOnly(options, allowed) || (filter !== undefined && place === null))
      return undefined;
    const readOnly = (options as Readonly<Record<string, unknown>>)[
      "READ_ONLY"
    ];
    return plainFields({
      bucket: place?.[1],
      prefix: place?.[2],
      read_only: typeof readOnly === "boolean" ? readOnly : undefined,
      ...Object.fromEntries(
        Object.entries(optionOf).map(([field, option]) => [
          field,
          textField(options, option),
        ]),
      ),
    });
  },
};

function translated(
  names: Readonly<Record<string, string>>,
  valueOf: (field: string) => string | undefined,
): Options {
  return givenOptions(
    Object.fromEntries(
      Object.entries(names).map(([field, option]) => [option, valueOf(field)]),
    ),
  );
}

function filterOf({ config }: DeclaredFields): string | undefined {
  const bucket = textField(config, "bucket");
  const prefix = textField(config, "prefix");
  if (bucket === undefined) return undefined;
  return `s3://${bucket}${prefix === undefined ? "" : `/${prefix}`}`;
}

function prefixFaults({ config }: DeclaredFields) {
  if (!Object.hasOwn(config, "prefix") || Object.hasOwn(config, "bucket"))
    return [];
  return [
    errorDiagnostic({
      code: "missing_field",
      path: ["config", "bucket"],
      detail:
        'Upsolver shows a prefix within a bucket. Give the "bucket", too, or remove "prefix".',
    }),
  ];
}

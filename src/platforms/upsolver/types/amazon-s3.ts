import { errorDiagnostic } from "../../../diagnostics";
import { fieldOf, invalid, valid } from "../../../model";
import { catalogueTypes } from "../options/catalogue-types";
import { givenOptions, type OptionValue, textField } from "../options/option";
import { isSecretOption } from "../options/secret-option";
import { defaultOf } from "./defaults";
import {
  type DeclaredFields,
  hasOnly,
  missingFields,
  plainFields,
  type TypeTranslation,
  unsupportedFields,
} from "./type-translation";

const title = "Amazon S3";

const { keyword, fields: fieldsOf } = catalogueTypes["amazon-s3"];
const FILTER = "PATH_DISPLAY_FILTER";
const READ_ONLY = "READ_ONLY";

/** Bucket and prefix are the display filter: what is shown first, and no access control. */
export const amazonS3: TypeTranslation = {
  type: "amazon-s3",
  keyword,

  toOptions: (fields) => {
    const { config, secrets } = fields;
    const faults = [
      ...unsupportedFields(title, fields, {
        region: "Remove it; Upsolver finds the region of a bucket itself.",
        endpoint_url: "Remove it; Upsolver reaches Amazon's own service only.",
        session_token:
          "Temporary credentials would not last; give a role, or an access key that does not expire.",
      }),
      ...prefixFaults(fields),
      ...(secrets !== undefined && Object.hasOwn(config, "access_key_id")
        ? missingFields(title, "secrets", secrets, ["secret_access_key"])
        : []),
    ];
    if (faults.length > 0) return invalid(...faults);
    const readOnly =
      fieldOf(config, "read_only") ?? defaultOf("amazon-s3", "read_only");
    return valid(
      givenOptions({
        ...Object.fromEntries(
          Object.entries(fieldsOf).map(([option, field]) => [
            option,
            textField(config, field) ?? textField(secrets, field),
          ]),
        ),
        [FILTER]: filterOf(fields),
        // Nobody says what holds without it.
        [READ_ONLY]: readOnly === true,
      }),
    );
  },

  fromOptions: (options) => {
    const filter = textField(options, FILTER);
    const place = /^s3:\/\/([^/]+)(?:\/(.+))?$/s.exec(filter ?? "");
    if (
      !hasOnly(options, Object.keys(fieldsOf)) ||
      (filter !== undefined && place === null)
    )
      return undefined;
    const readOnly = fieldOf<OptionValue>(options, READ_ONLY);
    return plainFields({
      ...Object.fromEntries(
        Object.entries(fieldsOf)
          .filter(([option]) => !isSecretOption(keyword, option))
          .map(([option, field]) => [field, textField(options, option)]),
      ),
      bucket: place?.[1],
      prefix: place?.[2],
      read_only: typeof readOnly === "boolean" ? readOnly : undefined,
    });
  },
};

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

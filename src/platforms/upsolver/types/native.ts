import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  invalid,
  type Checked,
  type JsonObject,
  objectOf,
  valid,
} from "../../../model";
import {
  isOptionValue,
  type Options,
  type OptionValue,
} from "../options/option";
import { optionTables } from "../options/option-tables";
import { isSecretOption } from "../options/secret-option";
import { isKeyword } from "../sql/statement";
import { withoutCredentials } from "./address";
import type { DeclaredFields } from "./type-translation";

/** A native type: config and secrets are the options themselves, by their own names. */
export function nativeToOptions(
  keyword: string,
  { config, secrets }: DeclaredFields,
): Checked<Options> {
  const faults = [
    ...keywordFaults(keyword),
    ...optionFaults(config, "config"),
    ...optionFaults(secrets ?? {}, "secrets"),
    ...placementFaults(keyword, { config, secrets }),
    ...credentialFaults(config),
    ...missingOptions(keyword, { config, secrets }),
  ];
  return faults.length > 0
    ? invalid(...faults)
    : valid({ ...config, ...secrets } as Options);
}

/** Without secrets, and without a login in a connection string. */
export function nativeFromOptions(
  keyword: string,
  options: Options,
): JsonObject {
  return objectOf(
    Object.entries(options)
      .filter(
        ([option, value]) =>
          option !== "COMMENT" &&
          !isSecretOption(keyword, option) &&
          !isPrivateKey(value),
      )
      .map(([option, value]) => [option, shown(value)]),
  );
}

function shown(value: OptionValue): OptionValue {
  return typeof value === "string" ? withoutCredentials(value) : value;
}

function isPrivateKey(value: OptionValue): boolean {
  return typeof value === "string" && value.includes("PRIVATE KEY-----");
}

function keywordFaults(keyword: string): readonly Diagnostic[] {
  if (isKeyword(keyword)) return [];
  const capitals = keyword.toUpperCase();
  const example = isKeyword(capitals) ? capitals : "MONGODB";
  return [
    errorDiagnostic({
      code: "unknown_type",
      path: ["type"],
      detail: `${JSON.stringify(keyword)} is no word that can stand before CONNECTION. Write the type as in Upsolver's statements, in capitals: "upsolver:${example}".`,
    }),
  ];
}

function optionFaults(
  fields: JsonObject,
  place: "config" | "secrets",
): readonly Diagnostic[] {
  return Object.entries(fields).flatMap(([option, value]) => {
    const path = [place, option];
    if (option === "COMMENT") {
      return [
        errorDiagnostic({
          code: "unknown_field",
          path,
          detail: 'The comment of a connection is its "description".',
        }),
      ];
    }
    if (!isKeyword(option)) {
      return [
        errorDiagnostic({
          code: "unknown_field",
          path,
          detail: `${JSON.stringify(option)} is no name of an option. Write options as in Upsolver's statements, in capitals: CONNECTION_STRING.`,
        }),
      ];
    }
    if (isOptionValue(value)) return [];
    return [
      errorDiagnostic({
        code: "invalid_field",
        path,
        detail: `The value of ${option} is neither a text, a number, true or false, nor a list of texts.`,
      }),
    ];
  });
}

function placementFaults(
  keyword: string,
  { config, secrets }: DeclaredFields,
): readonly Diagnostic[] {
  const inConfig = Object.entries(config).filter(
    ([option, value]) =>
      isSecretOption(keyword, option) || isPrivateKey(value as OptionValue),
  );
  const inSecrets = Object.keys(secrets ?? {}).filter(
    (option) => !isSecretOption(keyword, option),
  );
  return [
    ...inConfig.map(([option]) =>
      errorDiagnostic({
        code: "secret_in_config",
        path: ["config", option],
        detail: `${option} holds a secret. Give it in secrets.`,
      }),
    ),
    ...inSecrets.map((option) =>
      errorDiagnostic({
        code: "plain_field_in_secrets",
        path: ["secrets", option],
        detail: `${option} is no secret, and Upsolver shows it. Give it in config.`,
      }),
    ),
  ];
}

function credentialFaults(config: JsonObject): readonly Diagnostic[] {
  return Object.entries(config).flatMap(([option, value]) => {
    if (typeof value !== "string" || withoutCredentials(value) === value)
      return [];
    return [
      errorDiagnostic({
        code: "secret_in_config",
        path: ["config", option],
        detail: `${option} holds a login or a password. Take it out, and give USER_NAME in config and PASSWORD in secrets.`,
      }),
    ];
  });
}

function missingOptions(
  keyword: string,
  { config, secrets }: DeclaredFields,
): readonly Diagnostic[] {
  const table = fieldOf(optionTables, keyword) ?? {};
  return Object.entries(table).flatMap(([option, rule]) => {
    const where = rule.secret === true ? "secrets" : "config";
    const place = { config, secrets }[where];
    const { required = false, orElse } = rule;
    if (
      !required ||
      place === undefined ||
      Object.hasOwn(place, option) ||
      (orElse !== undefined && Object.hasOwn(config, orElse))
    )
      return [];
    return [
      errorDiagnostic({
        code: "missing_field",
        path: [where, option],
        detail: `Upsolver's ${keyword} connections need ${option} in ${where}${orElse === undefined ? "" : `, or ${orElse} in config`}.`,
      }),
    ];
  });
}

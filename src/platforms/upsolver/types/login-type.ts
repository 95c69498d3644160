import type { Diagnostic } from "../../../diagnostics";
import { invalid, type JsonObject, objectOf, valid } from "../../../model";
import {
  type CatalogueTypeName,
  catalogueTypes,
} from "../options/catalogue-types";
import { givenOptions, textField } from "../options/option";
import { withoutCredentials } from "./address";
import {
  type DeclaredFields,
  hasOnly,
  missingFields,
  plainFields,
  type TypeTranslation,
  unsupportedFields,
} from "./type-translation";

export interface LoginTypeOptions {
  readonly type: CatalogueTypeName;
  /** As in messages: `PostgreSQL`. */
  readonly title: string;
  /** The fields that Upsolver has no place for, each with what to do. */
  readonly lacks: Readonly<Record<string, string>>;
  /** The field that there is no address without. */
  readonly needs: string;
  /** What else is wrong. @default nothing */
  faults?(fields: DeclaredFields): readonly Diagnostic[];
  /** The connection string of everything but the login. */
  toAddress(config: JsonObject): string;
  /** The fields that the connection string holds; undefined where it says something else. */
  fromAddress(text: string): JsonObject | undefined;
}

/** A type whose options are CONNECTION_STRING, USER_NAME and PASSWORD, all of them needed. */
export function loginType(options: LoginTypeOptions): TypeTranslation {
  const { type, title, lacks, needs } = options;
  return {
    type,
    keyword: catalogueTypes[type].keyword,

    toOptions: (fields) => {
      const { config, secrets } = fields;
      const faults = [
        ...unsupportedFields(title, fields, lacks),
        ...missingFields(title, "config", config, [needs, "login"]),
        ...missingFields(title, "secrets", secrets, ["password"]),
        ...(options.faults?.(fields) ?? []),
      ];
      if (faults.length > 0) return invalid(...faults);
      return valid(
        givenOptions({
          CONNECTION_STRING: options.toAddress(config),
          USER_NAME: textField(config, "login"),
          PASSWORD: textField(secrets, "password"),
        }),
      );
    },

    fromOptions: (shown) => {
      const address = textField(shown, "CONNECTION_STRING") ?? "";
      const config = options.fromAddress(address);
      if (
        config === undefined ||
        withoutCredentials(address) !== address ||
        !hasOnly(shown, ["CONNECTION_STRING", "USER_NAME", "PASSWORD"])
      )
        return undefined;
      const login = plainFields({ login: textField(shown, "USER_NAME") });
      return objectOf([...Object.entries(config), ...Object.entries(login)]);
    },
  };
}

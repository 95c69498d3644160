import type { Diagnostic, Secret } from "../../diagnostics";
import {
  type Connection,
  fieldOf,
  type KnownAs,
  objectOf,
  type PlatformRules,
} from "../../model";
import { alterationOf } from "./alteration";
import { lostSecrets } from "./connection-failures";
import { readDeclaration } from "./declaration";
import type { Options } from "./options/option";
import { optionTables } from "./options/option-tables";
import type { ShownConnection } from "./sql/shown-connection";
import { fromOptions, keywordOf } from "./types";

/** What of a connection is read. */
export type StoredConnection = Pick<ShownConnection, "keyword" | "options">;

/** What Upsolver answers without being asked. */
export const upsolverRules: PlatformRules = {
  storedType: keywordOf,
  // Of the catalogue's types the schemas say so.
  setFields: (type) => listOptions(type),
  isPlainField: (type, field) => {
    const rule = fieldOf(
      fieldOf(optionTables, keywordOf(type) ?? "") ?? {},
      field,
    );
    return rule !== undefined && (rule.secret ?? false) === false;
  },
  checkUpdate: updateFaults,
  shown: (stored, known) => {
    const { keyword, options } = stored.reveal() as StoredConnection;
    return { ...fromOptions(keyword, options, known), secretFields: undefined };
  },
};

function listOptions(type: string): readonly string[] {
  const table = fieldOf(optionTables, keywordOf(type) ?? "") ?? {};
  return Object.keys(table).filter((option) => table[option]?.form === "list");
}

/** What no ALTER can do. Secrets that are not given are sent along where they are declared, so that none of them is missed. */
function updateFaults(
  connection: Connection,
  stored: Secret<unknown>,
  known: KnownAs,
): readonly Diagnostic[] {
  const translated = readDeclaration(connection);
  const { keyword, options } = stored.reveal() as StoredConnection;
  if (!translated.ok || translated.value.keyword !== keyword) return [];
  const changes = alterationOf({
    shown: options,
    declared: {
      ...translated.value,
      options: withComment(
        translated.value.options,
        connection.description ?? "",
      ),
    },
    withSecrets: connection.secrets !== undefined,
  });
  return [
    ...lostSecrets(translated.value, connection, known),
    ...(changes.ok ? [] : changes.diagnostics).filter(
      ({ code }) => code !== "missing_field",
    ),
  ];
}

export function withComment(options: Options, comment: string): Options {
  return objectOf([...Object.entries(options), ["COMMENT", comment] as const]);
}

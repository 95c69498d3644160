import type { Command } from "commander";
import {
  checkConnectionType,
  type ConnectionType,
  listConnectionTypes,
  secretFieldsOfType,
  tryFindConnectionType,
} from "../catalog";
import { PatchbayError } from "../diagnostics";
import type { JsonValue } from "../model";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { type CommonOptions, printReport, type Report } from "./report";
import { formatTable } from "./table";
import { fieldRules, fieldsOf } from "./type-fields";

/** `patchbay types [name]`: what the catalogue knows. */
export function typesCommand(context: CommandContext): Command {
  return createCommand(context, {
    usage: "types [name]",
    summary: "List the connection types, or the fields of one",
    examples: [
      "patchbay types",
      "patchbay types snowflake",
      "patchbay types snowflake --json",
    ],
  }).action((name: string | undefined, options: CommonOptions) => {
    printReport(
      context,
      options,
      name === undefined ? reportOnTypes() : reportOnType(findType(name)),
    );
  });
}

function findType(name: string): ConnectionType {
  const faults = checkConnectionType(name, []);
  if (faults.length > 0) throw new PatchbayError(faults);
  const type = tryFindConnectionType(name);
  if (type !== undefined) return type;
  throw new PatchbayError({
    code: "not_found",
    detail: `${JSON.stringify(name)} is a platform's own type: it is passed on as it is, and the catalogue does not know its fields.`,
  });
}

function reportOnTypes(): Report {
  const types = listConnectionTypes();
  return {
    text: [
      formatTable([
        ["TYPE", "TITLE", "DESCRIPTION"],
        ...types.map((type) => [type.name, type.title, type.description]),
      ]),
      "",
      "The fields of one type: patchbay types TYPE",
    ].join("\n"),
    document: { types: types.map(summaryOf) },
  };
}

function reportOnType(type: ConnectionType): Report {
  const rows = fieldsOf(type.schema).map((field) => [
    field.name,
    field.type,
    field.required ? "yes" : "",
    field.secret ? "yes" : "",
    field.description,
  ]);
  return {
    text: [
      `${type.name}: ${type.title}. ${type.description}`,
      "",
      formatTable([
        ["FIELD", "TYPE", "REQUIRED", "SECRET", "DESCRIPTION"],
        ...rows,
      ]),
      ...withBlankLine(fieldRules(type.schema)),
    ].join("\n"),
    document: {
      ...summaryOf(type),
      fields: fieldsOf(type.schema).map((field) => ({ ...field })),
      schema: type.schema as unknown as JsonValue,
    },
  };
}

function summaryOf(type: ConnectionType) {
  return {
    name: type.name,
    title: type.title,
    description: type.description,
    secret_fields: secretFieldsOfType(type.name),
  };
}

function withBlankLine(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

import type {
  JsonValue,
  PlatformDefinition,
  PlatformSetting,
} from "../../model";
import type { Report } from "../report";
import type { Framework } from "./framework";
import type { CodeForm, ImportedCode } from "./imported-code";

export interface ImportReportOptions {
  readonly definition: PlatformDefinition;
  readonly owner: string;
  readonly form: CodeForm;
  readonly framework: Framework;
  /** Undefined where nothing was written. */
  readonly directory: string | undefined;
  /** Only what the state does not have was looked for. */
  readonly onlyMissing: boolean;
  /** Secret settings that stood on the command line. */
  readonly secretSettings: readonly PlatformSetting[];
  readonly code: ImportedCode;
}

export interface ImportReport extends Report {
  /** What a reader of the code should know, as lines; empty, or with a line feed at its end. */
  readonly remarks: string;
}

/** What was found and written, and what to do with it. */
export function importReport(options: ImportReportOptions): ImportReport {
  const { definition, owner, form, framework, directory, onlyMissing, code } =
    options;
  const { declarations, files } = code;
  const notes = [...code.notes, ...settingNotes(options)];
  const counts = countsOf(options);
  const found = `${definition.title}, ${owner}: ${Object.entries(counts)
    .filter(([kind, count]) => count > 0 || kind === "connections")
    .map(
      ([kind, count]) =>
        `${count} ${kind.replace("_", " ").slice(0, count === 1 ? -1 : undefined)}`,
    )
    .join(", ")}.`;
  return {
    text:
      files.length === 0
        ? `${found} There is nothing to import${onlyMissing ? ": the state has everything" : ""}.`
        : directory === undefined
          ? files.map(({ text }) => text.trimEnd()).join("\n\n")
          : [
              found,
              `Written to ${directory}:`,
              ...files.map(({ name }) => `  ${name}`),
              "",
              (onlyMissing ? nextStepsOfMissing : nextSteps)[form](framework),
            ].join("\n"),
    remarks: notes.map((note) => `Note: ${note}\n`).join(""),
    document: {
      platform: definition.name,
      owner,
      as: form,
      directory: files.length === 0 ? null : (directory ?? null),
      counts,
      secrets: declarations.variables.map(({ name, of, field }): JsonValue => ({
        of,
        field,
        variable: form === "constructs" ? name.toUpperCase() : name,
      })),
      files: files.map((file): JsonValue => ({ ...file })),
      notes,
    },
  };
}

type NextSteps = Readonly<Record<CodeForm, (framework: Framework) => string>>;

const nextSteps: NextSteps = {
  hcl: () =>
    "Next, in that folder: terraform init, then terraform plan. It imports, and creates nothing.\nThe provider has to be installed once per machine: patchbay provider install",
  constructs: (framework) =>
    `Next: new ImportedStack(app, "imported") in your app, then ${framework} diff. It imports, and creates nothing.`,
};

const nextStepsOfMissing: NextSteps = {
  hcl: () =>
    "Next, move these files beside your configuration. Where it has blocks for some of these objects already, keep its blocks, and give the import blocks their addresses. Then: terraform plan. It imports, and creates nothing.",
  constructs: (framework) =>
    `Next: new ImportedStack(app, "imported") in your app, or its statements in the stack whose state this was, without a second PatchbayProvider; then ${framework} diff. It imports, and creates nothing.`,
};

/** A secret on the command line is for this run alone. */
function settingNotes({
  definition,
  secretSettings,
}: ImportReportOptions): readonly string[] {
  return secretSettings.map(({ name, environmentVariable }) =>
    environmentVariable === undefined
      ? `The setting ${name} is secret and not part of the code. Give it to the provider block (${definition.name}) from a variable.`
      : `The setting ${name} is secret and not part of the code. Set ${environmentVariable} where Terraform runs.`,
  );
}

function countsOf({
  code: { declarations },
}: ImportReportOptions): Readonly<Record<string, number>> {
  const { connections, workspaces, deployments } = declarations;
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, number) => total + number, 0);
  return {
    connections: connections.filter(({ isManaged }) => !isManaged).length,
    workspace_attachments: sum(
      connections.map(({ attachments }) => attachments.length),
    ),
    deployment_links: sum(connections.map(({ links }) => links.length)),
    workspaces: workspaces.length,
    deployments: deployments.length,
  };
}

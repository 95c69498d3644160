import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { PatchbayError } from "../diagnostics";
import {
  formatOwner,
  type Log,
  type Owner,
  parseOwner,
  type PlatformDefinition,
} from "../model";
import { platformDefinitions } from "../platforms/registry";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import {
  type Framework,
  frameworkOfProject,
  frameworks,
} from "./import/framework";
import { importReport } from "./import/import-report";
import { type CodeForm, codeForms, importedCode } from "./import/imported-code";
import {
  type ManagedObjects,
  readManagedObjects,
} from "./import/managed-objects";
import {
  findPlatformDefinition,
  givenSettings,
} from "./import/platform-settings";
import { writeNewFiles } from "./import/write-files";
import { type CommonOptions, printReport } from "./report";

interface ImportOptions extends CommonOptions {
  readonly platform: string;
  readonly owner: string;
  readonly as: CodeForm;
  readonly framework?: Framework;
  readonly out?: string;
  readonly organization?: string;
  readonly set: readonly string[];
  readonly id: readonly string[];
  readonly withoutSecrets?: true;
  readonly onlyMissing?: true;
  readonly state?: string;
}

/** `patchbay import`: the code for what exists already. */
export function importCommand(
  context: CommandContext,
  definitions: readonly PlatformDefinition[] = platformDefinitions,
): Command {
  const collect = (value: string, before: readonly string[]) => [
    ...before,
    value,
  ];
  return createCommand(context, {
    usage: "import",
    summary: "Write the code for what exists on a platform, and its imports",
    description:
      "Reads only. Credentials come from the platform's customary environment variables.\nWithout --out the code is printed.",
    examples: [
      "patchbay import --platform hub --owner organization/acme --as hcl --out infra",
      "patchbay import --platform hub --owner organization/acme --out src",
      "patchbay import --platform hub --owner organization/acme --set endpoint=https://hub.example.com",
    ],
  })
    .requiredOption(
      "--platform <platform>",
      `where it is: ${definitions.map(({ name }) => name).join(", ")}`,
    )
    .requiredOption("--owner <owner>", "whose it is: organization/acme")
    .addOption(
      new Option("--as <form>", "what to write")
        .choices(codeForms)
        .default("constructs" satisfies CodeForm),
    )
    .addOption(
      new Option(
        "--framework <name>",
        "of constructs (default: the one that package.json names, else cdktf)",
      ).choices(frameworks),
    )
    .option("--out <dir>", "the folder to write to; files there stay")
    .option(
      "--without-secrets",
      "leave secrets as they are, so that the plan shows imports and no change",
    )
    .option(
      "--organization <name>",
      "the provider's organization, for owners that do not name theirs",
    )
    .option(
      "--set <name=value>",
      "a setting of the platform, as in the provider block; repeatable",
      collect,
      [],
    )
    .option(
      "--id <id>",
      "the platform's id of a connection, where the platform lists none; repeatable",
      collect,
      [],
    )
    .option("--only-missing", "only what the state does not have; with --state")
    .option(
      "--state <file>",
      "a state of Terraform's: terraform.tfstate, or what terraform state pull prints",
    )
    .action((options: ImportOptions) =>
      importExisting(context, definitions, options),
    );
}

async function importExisting(
  context: CommandContext,
  definitions: readonly PlatformDefinition[],
  options: ImportOptions,
): Promise<void> {
  const { workingDirectory, environment } = context;
  const owner = ownerOf(options.owner);
  const definition = findPlatformDefinition(options.platform, definitions);
  const organization =
    options.organization ??
    (owner.kind === "organization" ? owner.name : undefined);
  const managed = managedIn(options, workingDirectory);
  const given = givenSettings(definition, options.set, context);
  const directory =
    options.out === undefined
      ? undefined
      : resolve(workingDirectory, options.out);
  const platform = await definition.open({
    settings: given.settings,
    organization,
    workingDirectory,
    environment,
    log: silent,
  });
  try {
    const framework = options.framework ?? frameworkOfProject(workingDirectory);
    const code = await importedCode({
      platform,
      owner,
      organization,
      settings: given.written,
      platformIds: options.id,
      withSecrets: options.withoutSecrets !== true,
      form: options.as,
      framework,
      workingDirectory,
      directory: directory ?? workingDirectory,
      managed,
    });
    if (directory !== undefined) writeNewFiles(directory, code.files);
    const report = importReport({
      definition,
      owner: formatOwner(owner),
      form: options.as,
      framework,
      directory,
      onlyMissing: managed !== undefined,
      secretSettings: given.secret,
      code,
    });
    // Where the code itself is the output, what is to be said of it goes elsewhere.
    if (options.json !== true) context.writeError(report.remarks);
    printReport(context, options, report);
  } finally {
    await platform.close();
  }
}

function managedIn(
  { onlyMissing, state }: ImportOptions,
  workingDirectory: string,
): ManagedObjects | undefined {
  if (onlyMissing === undefined && state === undefined) return undefined;
  if (onlyMissing !== undefined && state !== undefined)
    return readManagedObjects(resolve(workingDirectory, state));
  throw new PatchbayError({
    code: "invalid_usage",
    detail:
      "--only-missing and --state belong together: --only-missing --state terraform.tfstate imports what that state does not have.",
  });
}

function ownerOf(text: string): Owner {
  const owner = parseOwner(text);
  if (owner.ok) return owner.value;
  throw new PatchbayError(owner.diagnostics);
}

const silent: Log = {
  trace: () => undefined,
  debug: () => undefined,
  warn: () => undefined,
};

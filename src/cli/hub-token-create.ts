import { type Command, Option } from "commander";
import { PatchbayError } from "../diagnostics";
import type { Account, TokenScope } from "../hub";
import { formatOwner } from "../model";
import { createCommand } from "./command";
import type { CommandContext } from "./command-context";
import { printReport } from "./report";
import {
  addHubOptions,
  hubDirectory,
  type HubOptions,
  requireHub,
  withHub,
} from "./with-hub";

interface TokenOptions extends HubOptions {
  readonly organization?: string;
  readonly user?: string;
  readonly deployment?: string;
  readonly readOnly?: true;
  readonly description?: string;
}

/** `patchbay hub token create`: the only time that a token is seen. */
export function hubTokenCreateCommand(context: CommandContext): Command {
  const command = createCommand(context, {
    usage: "create",
    summary: "Make a token for the hub's HTTP API and print it, once",
    description:
      "Without options it may do everything. With --deployment it may read what that deployment sees,\nsecrets included, and nothing else.",
    examples: [
      "patchbay hub token create",
      "patchbay hub token create --organization acme --read-only",
      "patchbay hub token create --organization acme --deployment prod",
    ],
  });
  return addHubOptions(command)
    .option("--organization <name>", "only for this organization")
    .addOption(
      new Option(
        "--user <name>",
        "only for what belongs to this user",
      ).conflicts("organization"),
    )
    .addOption(
      new Option("--deployment <name>", "only for this deployment").conflicts(
        "readOnly",
      ),
    )
    .option(
      "--read-only",
      "without the right to change anything, or to see a secret",
    )
    .option("--description <text>", "what it is for")
    .action((options: TokenOptions) => create(context, options));
}

async function create(
  context: CommandContext,
  options: TokenOptions,
): Promise<void> {
  const scope = scopeOf(options);
  const directory = hubDirectory(context, options);
  requireHub(directory);
  const created = await withHub(context, directory, ({ api }) =>
    api.tokens.create({ scope, description: options.description }),
  );
  const token = created.token.reveal();
  printReport(context, options, {
    text: token,
    document: {
      id: created.platformId,
      scope: scopeDocument(scope),
      description: options.description ?? null,
      token,
    },
  });
  if (options.json !== true)
    context.writeError(
      "Keep this token: the hub does not, and it is not shown again.\n",
    );
}

function scopeOf({
  organization,
  user,
  deployment,
  readOnly,
}: TokenOptions): TokenScope {
  const account = accountOf({ organization, user });
  if (deployment !== undefined) {
    if (account === undefined) {
      throw new PatchbayError({
        code: "missing_argument",
        detail:
          "--deployment needs --organization or --user: the name of a deployment is unique only there.",
      });
    }
    return { kind: "deployment", account, deployment };
  }
  if (readOnly === true) return { kind: "read_only", account };
  return account === undefined
    ? { kind: "admin" }
    : { kind: "account", account };
}

function accountOf({
  organization,
  user,
}: Pick<TokenOptions, "organization" | "user">): Account | undefined {
  if (organization !== undefined)
    return { kind: "organization", name: organization };
  return user === undefined ? undefined : { kind: "user", name: user };
}

function scopeDocument(scope: TokenScope) {
  const account = "account" in scope ? scope.account : undefined;
  return {
    kind: scope.kind,
    owner: account === undefined ? null : formatOwner(account),
    deployment: scope.kind === "deployment" ? scope.deployment : null,
  };
}

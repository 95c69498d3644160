/**
 * What `patchbay import` does, from a platform to files of code: read through
 * the port (existing-objects), turn what is there into declarations in no
 * language yet (declare), and write them (hcl-files, construct-file). Knows no
 * platform and writes nothing to one; no value of a secret passes through here.
 */
import type { Owner, Platform } from "../../model";
import type { CodeFile } from "./code-file";
import { constructFile } from "./construct-file";
import type { Declarations } from "./declarations";
import { declare } from "./declare";
import { readExistingObjects } from "./existing-objects";
import type { Framework } from "./framework";
import { hclFiles } from "./hcl-files";
import {
  managedBy,
  type ManagedObjects,
  withoutManaged,
} from "./managed-objects";
import { importNotes } from "./import-notes";
import type { WrittenSetting } from "./platform-settings";

/** The languages that code is written in. */
export const codeForms = ["constructs", "hcl"] as const;
export type CodeForm = (typeof codeForms)[number];

export interface ImportedCodeOptions {
  readonly platform: Platform;
  readonly owner: Owner;
  readonly organization: string | undefined;
  readonly settings: readonly WrittenSetting[];
  /** The connections to import, where the platform lists none. */
  readonly platformIds: readonly string[];
  readonly withSecrets: boolean;
  readonly form: CodeForm;
  /** That of constructs. */
  readonly framework: Framework;
  readonly workingDirectory: string;
  /** Where the code will be. */
  readonly directory: string;
  /** Only what is not among these. @default everything */
  readonly managed?: ManagedObjects | undefined;
}

export interface ImportedCode {
  readonly declarations: Declarations;
  readonly files: readonly CodeFile[];
  readonly notes: readonly string[];
}

const writers: Readonly<
  Record<
    CodeForm,
    (
      declarations: Declarations,
      options: ImportedCodeOptions,
    ) => readonly CodeFile[]
  >
> = {
  constructs: (declarations, { framework }) => [
    constructFile(declarations, framework),
  ],
  hcl: hclFiles,
};

/** The code for what an owner has on a platform. Rejects with what reading and writing reject with. */
export async function importedCode(
  options: ImportedCodeOptions,
): Promise<ImportedCode> {
  const { platform, owner, platformIds, withSecrets, form } = options;
  const all = await readExistingObjects(platform, owner, platformIds);
  const { managed } = options;
  const isManaged =
    managed === undefined ? () => false : managedBy(platform, managed);
  const existing =
    managed === undefined ? all : withoutManaged(all, isManaged, managed);
  const declarations = declare({ ...options, existing, isManaged });
  return {
    declarations,
    files: isEmpty(declarations) ? [] : writers[form](declarations, options),
    notes: importNotes({ platform, existing, declarations, withSecrets }),
  };
}

function isEmpty(declarations: Declarations): boolean {
  const { connections, workspaces, deployments } = declarations;
  return [connections, workspaces, deployments].every(
    ({ length }) => length === 0,
  );
}

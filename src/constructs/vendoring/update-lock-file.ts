import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PatchbayError } from "../../diagnostics";
import { folderHash } from "./folder-hash";
import { hosts, OPENTOFU_HOST, ourAddress, TERRAFORM_HOST } from "./hosts";
import { readLock, withLocked } from "./lock-file";
import { addressOf, type RequiredProvider } from "./required-providers";

export interface UpdateLockFileOptions {
  /** Where Terraform will run. */
  readonly stackFolder: string;
  readonly providerFolder: string;
  readonly version: string;
  /** Whether cdktf runs OpenTofu. */
  readonly openTofu: boolean;
  /** The stack's other providers with exact versions. */
  readonly others: readonly RequiredProvider[];
}

/**
 * Keeps the stack's lock file such that cdktf does not ask a registry for our
 * provider. It does (`terraform providers lock`) as soon as one provider of the
 * stack is not locked to a matching version, so the others are seeded too;
 * Terraform adds their hashes at init. What is locked rightly stays as it is.
 */
export function updateLockFile(options: UpdateLockFileOptions): void {
  const file = join(options.stackFolder, ".terraform.lock.hcl");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const after = withOthersLocked(withOursLocked(before, options), options);
  if (after === before) return;
  try {
    writeFileSync(file, after);
  } catch (error) {
    throw new PatchbayError({
      code: "file_not_writable",
      detail: `${file} could not be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"}). Check who may write there.`,
    });
  }
}

/** The host in use is seeded; the other one is put right only where somebody locked it. */
function withOursLocked(
  text: string,
  { openTofu, providerFolder, version }: UpdateLockFileOptions,
): string {
  const inUse = openTofu ? OPENTOFU_HOST : TERRAFORM_HOST;
  return hosts.reduce((lock, host) => {
    const address = ourAddress(host);
    const locked = readLock(lock).find(
      (provider) => provider.address === address,
    );
    if (locked === undefined)
      return host === inUse
        ? withLocked(lock, { address, version, hashes: [] })
        : lock;
    if (locked.version !== version)
      return withLocked(lock, { address, version, hashes: [] });
    if (locked.hashes.length === 0) return lock;
    // The same version with other files: a build of our own.
    const hash = folderHash(providerFolder);
    return locked.hashes.includes(hash)
      ? lock
      : withLocked(lock, { address, version, hashes: [hash] });
  }, text);
}

function withOthersLocked(
  text: string,
  { openTofu, others }: UpdateLockFileOptions,
): string {
  const host = openTofu ? OPENTOFU_HOST : TERRAFORM_HOST;
  return others.reduce((lock, { source, version }) => {
    const address = addressOf(source, host);
    const locked = readLock(lock).find(
      (provider) => provider.address === address,
    );
    return locked?.version === version
      ? lock
      : withLocked(lock, { address, version, hashes: [] });
  }, text);
}

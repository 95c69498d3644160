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
  /** Whether OpenTofu will run; undefined: not known, then the file itself tells who made it. */
  readonly openTofu: boolean | undefined;
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
  const host = hostInUse(before, options);
  const after = withOthersLocked(
    withOursLocked(before, host, options),
    host,
    options,
  );
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

/**
 * A seed under the other host than the one that init has put there would make every plan refuse until the next init:
 * what is locked, but not installed, is an error to both clients.
 */
function hostInUse(text: string, { openTofu }: UpdateLockFileOptions): string {
  if (openTofu !== undefined) return openTofu ? OPENTOFU_HOST : TERRAFORM_HOST;
  const locked = readLock(text).map(({ address }) => address);
  return (
    hosts.find((host) => locked.includes(ourAddress(host))) ?? TERRAFORM_HOST
  );
}

/** The host in use is seeded; the other one is put right only where somebody locked it. */
function withOursLocked(
  text: string,
  inUse: string,
  { providerFolder, version }: UpdateLockFileOptions,
): string {
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
  host: string,
  { others }: UpdateLockFileOptions,
): string {
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

import {
  cpSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { PatchbayError } from "../../diagnostics";
import { folderHash } from "./folder-hash";
import { hosts, ourAddress } from "./hosts";

export interface PlaceProviderOptions {
  /** Where Terraform will run. */
  readonly stackFolder: string;
  /** Absolute path of the folder with the provider's executable. */
  readonly providerFolder: string;
  readonly version: string;
}

/** Go's names where Node has others. */
const goSystems: Readonly<Record<string, string>> = { win32: "windows" };
const goArchitectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
};

/**
 * Links the provider into the stack's plugin directory, under both hosts that
 * its address may mean; on Windows, where links need rights, copies it. Gives
 * back the plugin directory.
 */
export function placeProvider({
  stackFolder,
  providerFolder,
  version,
}: PlaceProviderOptions): string {
  const pluginFolder = join(stackFolder, "terraform.d", "plugins");
  for (const host of hosts) {
    const target = join(
      pluginFolder,
      ...ourAddress(host).split("/"),
      version,
      terraformPlatform(),
    );
    try {
      place(providerFolder, target);
    } catch (error) {
      throw new PatchbayError({
        code: "file_not_writable",
        detail: `The Terraform provider could not be placed at ${target} (${(error as NodeJS.ErrnoException).code ?? "unknown error"}). Check who may write there.`,
      });
    }
  }
  return pluginFolder;
}

function place(source: string, target: string): void {
  if (linkTarget(target) === source || isCopy(target, source)) return;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  if (platform() === "win32") cpSync(source, target, { recursive: true });
  else symlinkSync(source, target, "dir");
}

/** A copy with the same content is left alone: the provider in it may be running. */
function isCopy(target: string, source: string): boolean {
  const isFolder = lstatSync(target, { throwIfNoEntry: false })?.isDirectory();
  return isFolder === true && folderHash(target) === folderHash(source);
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? readlinkSync(path)
    : undefined;
}

/** `linux_amd64`: this machine, as Terraform calls it. */
export function terraformPlatform(): string {
  return `${goSystems[platform()] ?? platform()}_${goArchitectures[arch()] ?? arch()}`;
}

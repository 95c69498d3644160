import { PatchbayError } from "../diagnostics";
import type { Machine } from "./command-context";

/** A machine as Terraform and as the SQLite driver call it. */
export interface ProviderTarget {
  /** Folder name in a mirror: `linux_amd64`. */
  readonly terraform: string;
  /** Suffix of the package with the driver's native part: `linux-x64-gnu`. */
  readonly sqlite: string;
}

const architectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
  arm: "arm",
};

/** Rejects with `unsupported` where the provider cannot run. */
export function providerTargetOf({
  operatingSystem,
  architecture,
  libc,
}: Machine): ProviderTarget {
  const terraform = `${operatingSystem}_${architectures[architecture] ?? architecture}`;
  if (operatingSystem === "darwin" && architecture !== "arm") {
    return { terraform, sqlite: `darwin-${architecture}` };
  }
  if (
    operatingSystem === "linux" &&
    Object.hasOwn(architectures, architecture)
  ) {
    const suffix =
      { glibc: "gnu", musl: "musl" }[libc] +
      (architecture === "arm" ? "eabihf" : "");
    return { terraform, sqlite: `linux-${architecture}-${suffix}` };
  }
  throw new PatchbayError({
    code: "unsupported",
    detail: `The provider runs on Linux and macOS; this is ${operatingSystem} on ${architecture}.${operatingSystem === "win32" ? " Use it inside WSL: Terraform for Windows cannot start a Node script." : ""}`,
  });
}

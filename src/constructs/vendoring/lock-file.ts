/**
 * The provider blocks of a .terraform.lock.hcl, as text. Terraform writes the
 * file in one fixed form, so blocks are found line by line and those that stay
 * are kept byte for byte.
 */
export interface LockedProvider {
  /** `registry.terraform.io/hashicorp/null` */
  readonly address: string;
  readonly version: string;
  /** The `h1:` and `zh:` hashes. None: Terraform fills them in at init. */
  readonly hashes: readonly string[];
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const blockPattern = /^provider "([^"]+)" \{\n([\s\S]*?)^\}\n?/gm;

/** The providers that the file locks. */
export function readLock(text: string): readonly LockedProvider[] {
  return [...text.matchAll(blockPattern)].map(
    ([, address = "", body = ""]) => ({
      address,
      version: /^\s*version\s*=\s*"([^"]*)"/m.exec(body)?.[1] ?? "",
      hashes: [...body.matchAll(/"((?:h1|zh):[^"]*)"/g)].map(
        ([, hash = ""]) => hash,
      ),
    }),
  );
}

/** The file with this provider locked to exactly its version, in place of what it said about the provider before. */
export function withLocked(text: string, provider: LockedProvider): string {
  const block = formatBlock(provider);
  let found = false;
  const replaced = text.replace(blockPattern, (match, address: string) => {
    if (address !== provider.address) return match;
    found = true;
    return block;
  });
  if (found) return replaced;
  const before =
    text === "" ? HEADER : text.endsWith("\n") ? text : `${text}\n`;
  return `${before}\n${block}`;
}

function formatBlock({ address, version, hashes }: LockedProvider): string {
  const lines = [
    `  version     = "${version}"`,
    `  constraints = "${version}"`,
  ];
  if (hashes.length > 0)
    lines.push(
      "  hashes = [",
      ...hashes.map((hash) => `    "${hash}",`),
      "  ]",
    );
  return `provider "${address}" {\n${lines.join("\n")}\n}\n`;
}

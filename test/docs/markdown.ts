import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../..");

/** A Markdown file of the repository. */
export interface Document {
  /** From the root: `docs/hcl.md`. */
  readonly path: string;
  readonly text: string;
}

export interface CodeBlock {
  readonly document: string;
  /** The line of its fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** README.md and everything below docs. */
export function readDocuments(): readonly Document[] {
  const paths = readdirSync(join(root, "docs"), { recursive: true })
    .map((path) => join("docs", String(path)))
    .filter((path) => path.endsWith(".md"));
  return ["README.md", ...paths].map((path) => ({
    path,
    text: readFileSync(join(root, path), "utf8"),
  }));
}

export function codeBlocksOf({ path, text }: Document): readonly CodeBlock[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    document: path,
    line: text.slice(0, match.index).split("\n").length,
    language: match[1] ?? "",
    code: match[2] ?? "",
  }));
}

/** Links to other files, without those to other places on the network. */
export function linksOf({ text }: Document): readonly string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

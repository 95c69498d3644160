import type { IConstruct } from "constructs";
import { PatchbayError } from "../diagnostics";
import { App } from "./framework";
import { entries, FRAMEWORK } from "./installed-framework";

/**
 * Refuses an app of the other framework: it would fail while synthesizing, deep
 * inside of it. Both name their classes by the same symbols, so that one is
 * known to be an app; the version that it notes in its context says of which.
 */
export function requireOwnApp(element: IConstruct): void {
  const root: IConstruct = element.node.root;
  if (!isAppOfAny(root) || root instanceof App) return;
  const framework = frameworkOf(root.node.tryGetContext("cdktfVersion"));
  if (framework === FRAMEWORK) return;
  throw new PatchbayError({
    code: "mixed_frameworks",
    detail: `The app of "${element.node.path}" is made with ${framework}, and this construct with ${FRAMEWORK}. Import it from "${entries[framework]}".`,
  });
}

function isAppOfAny(root: IConstruct): boolean {
  return App.isApp(root);
}

/** cdktf ended with 0.21; cdktn went on from there. */
function frameworkOf(version: unknown): "cdktf" | "cdktn" {
  const [major, minor] = String(version).split(".").map(Number);
  return major === 0 && minor !== undefined && minor < 22 ? "cdktf" : "cdktn";
}

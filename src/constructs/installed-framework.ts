/** The framework that these constructs are made with; another one in the copy for it. */
export const FRAMEWORK: "cdktf" | "cdktn" = "cdktf";

/** Where these constructs are imported from, by framework. */
export const entries = {
  cdktf: "cdktf-patchbay",
  cdktn: "cdktf-patchbay/cdktn",
} as const;

requireInstalled(FRAMEWORK);
requireInstalled("constructs");

/** Says in plain words what Node would say as a failed require inside of this package. */
function requireInstalled(name: string): void {
  try {
    require.resolve(name);
  } catch {
    const other = FRAMEWORK === "cdktf" ? "cdktn" : "cdktf";
    throw new Error(
      `"${entries[FRAMEWORK]}" needs ${FRAMEWORK} and constructs beside it, and ${name} is not installed:\n  npm install ${FRAMEWORK} constructs\nAn app on ${other} imports "${entries[other]}" instead.`,
    );
  }
}

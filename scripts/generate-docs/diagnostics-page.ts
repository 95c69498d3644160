import { diagnosticSummaries } from "../../src/diagnostics";
import { markdownTable } from "./markdown-table";
import { type Page, pageOf } from "./page";

/** Every code that a message can end with. */
export function diagnosticsPage(): Page {
  return pageOf("diagnostics.md", [
    "# Diagnostics",
    "Every failure has a code, which does not change between versions, and a summary. Terraform shows the summary first and the code last; the command line shows both on the first line. What is wrong in the case at hand and what to do stands between.",
    markdownTable(
      ["code", "summary"],
      Object.entries(diagnosticSummaries)
        .map(([code, summary]) => [`\`${code}\``, summary])
        .sort(([left = ""], [right = ""]) => (left < right ? -1 : 1)),
    ),
  ]);
}

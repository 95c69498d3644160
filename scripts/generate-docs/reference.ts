import { listConnectionTypes } from "../../src/catalog";
import { platformDefinitions } from "../../src/platforms/registry";
import { connectionTypePages } from "./connection-type-pages";
import { diagnosticsPage } from "./diagnostics-page";
import { type Page, pageOf } from "./page";
import { platformsPage } from "./platforms-page";
import { providerDocument } from "./schema-document";
import { schemaPages } from "./schema-pages";

/** Every page below docs/reference; files that are not among them do not belong there. */
export async function referencePages(): Promise<readonly Page[]> {
  const pages = [
    ...schemaPages(providerDocument()),
    ...(await connectionTypePages(listConnectionTypes(), platformDefinitions)),
    platformsPage(platformDefinitions),
    diagnosticsPage(),
  ];
  return [contentsOf(pages), ...pages];
}

function contentsOf(pages: readonly Page[]): Page {
  const entries = pages.map(
    ({ path, text }) => `- [${titleOf(text)}](${path})`,
  );
  return pageOf("README.md", ["# Reference", entries.join("\n")]);
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? "";
}

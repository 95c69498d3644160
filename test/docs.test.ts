import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { referencePages } from "../scripts/generate-docs/reference";
import { withSupportTable } from "../scripts/generate-docs/support-section";
import { schemaExamples } from "../scripts/generate-docs/schema-examples";
import { TerraformProject } from "./acceptance/terraform-project";
import {
  anyTool,
  describeWith,
  toolWithWriteOnly,
} from "./acceptance/terraform-tools";
import { codeBlocksOf, linksOf, readDocuments, root } from "./docs/markdown";
import { typeErrors } from "./docs/type-check";

const documents = readDocuments();
const blocks = documents.flatMap(codeBlocksOf);

describe("the reference", () => {
  test("is what npm run generate writes, and holds nothing else", async () => {
    const files = readdirSync(join(root, "docs/reference"), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const pages = await referencePages();
    expect(
      Object.fromEntries(
        files.map((file) => [file, readFileSync(file, "utf8")]),
      ),
    ).toEqual(
      Object.fromEntries(
        pages.map(({ path, text }) => [
          join(root, "docs/reference", path),
          text,
        ]),
      ),
    );
  });

  test("has the support table in README.md, too", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(readme).toContain("<!-- support-table:start -->");
    expect(withSupportTable(readme)).toBe(readme);
  });
});

test.each(documents.map((document) => [document.path, document] as const))(
  "the links of %s lead somewhere",
  (path, document) => {
    const broken = linksOf(document).filter(
      (target) => !existsSync(join(root, dirname(path), target)),
    );
    expect(broken).toEqual([]);
  },
);

test("the TypeScript in the documents compiles", () => {
  expect(
    typeErrors(blocks.filter(({ language }) => language === "ts")),
  ).toEqual([]);
});

describeWith(anyTool, "the HCL in the documents", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "patchbay-docs-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test("is formatted as the tool formats it", () => {
    for (const { document, line, code } of blocks.filter(
      ({ language }) => language === "hcl",
    ))
      writeFileSync(
        join(directory, `${document.replaceAll("/", "-")}-${line}.tf`),
        code,
      );
    const { stdout, stderr } = spawnSync(
      anyTool.command!,
      ["fmt", "-check", "-diff", "-no-color", directory],
      {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: directory },
      },
    );
    expect(stdout + stderr).toBe("");
  });

  test("of the reference is one valid configuration", async () => {
    const { provider, ...examples } = schemaExamples;
    expect(provider).toContain('source = "patchbay/patchbay"');
    const project = new TerraformProject({
      tool: toolWithWriteOnly,
      main: Object.values(examples).join("\n"),
    });
    try {
      await project.init();
      const { output, status } = await project.run(["validate", "-no-color"]);
      expect(output).toContain("The configuration is valid");
      expect(status).toBe(0);
    } finally {
      await project.remove();
    }
  });
});

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The built command line and the real tools, in a home where nothing is but what the installation put there.
const patchbay = join(__dirname, "../../dist/src/cli/main.js");

describe.each([
  ["terraform", "registry.terraform.io"],
  ["tofu", "registry.opentofu.org"],
])("with %s", (tool, host) => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "patchbay-home-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const testWithTool = isOnPath(tool) ? test : test.skip;
  const run = (command: string, ...parameters: string[]) =>
    execFileSync(command, parameters, {
      cwd: join(home, "work"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOME: home, CHECKPOINT_DISABLE: "1" },
    });

  testWithTool(
    "the installed provider works away from this package, in an ES module project too",
    () => {
      mkdirSync(join(home, "work"));
      writeFileSync(join(home, "package.json"), '{ "type": "module" }');
      writeFileSync(
        join(home, "work/main.tf"),
        `terraform {
        required_providers {
          patchbay = { source = "patchbay/patchbay" }
        }
      }
      provider "patchbay" {
        organization = "acme"
      }
      resource "patchbay_workspace" "analytics" {
        name = "analytics"
      }`,
      );
      run(process.execPath, patchbay, "provider", "install");
      expect(run(tool, "init", "-no-color")).toContain("patchbay/patchbay");
      // The embedded hub needs the driver's native part.
      expect(run(tool, "apply", "-auto-approve", "-no-color")).toContain(
        "1 added",
      );
      expect(run(tool, "plan", "-no-color")).toContain("No changes");

      const schemaOf = (json: string, address: string) =>
        (JSON.parse(json) as { provider_schemas: Record<string, unknown> })
          .provider_schemas[address];
      expect(
        schemaOf(
          run(process.execPath, patchbay, "provider", "schema"),
          "registry.terraform.io/patchbay/patchbay",
        ),
      ).toEqual(
        schemaOf(
          run(tool, "providers", "schema", "-json"),
          `${host}/patchbay/patchbay`,
        ),
      );
    },
  );
});

function isOnPath(tool: string): boolean {
  try {
    execFileSync(tool, ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

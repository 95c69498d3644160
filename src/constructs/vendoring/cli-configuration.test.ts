import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installationWarning } from "./cli-configuration";

const folder = mkdtempSync(join(tmpdir(), "patchbay-cli-configuration-"));
afterAll(() => rmSync(folder, { recursive: true }));

function warningFor(text: string): string | undefined {
  const file = join(folder, "terraformrc");
  writeFileSync(file, text);
  return installationWarning({
    environment: {
      cliConfigurationFile: file,
      binaryName: undefined,
      searchPath: undefined,
      applicationData: undefined,
    },
    pluginFolder: "/app/cdktf.out/stacks/s/terraform.d/plugins",
  });
}

test("a provider_installation block of the user's turns our directory off: the warning says what to add", () => {
  const warning = warningFor("provider_installation {\n  direct {}\n}\n");
  expect(warning).toContain(join(folder, "terraformrc"));
  expect(warning).toContain(
    'path    = "/app/cdktf.out/stacks/s/terraform.d/plugins"',
  );
  expect(warning).toContain(
    'include = ["registry.terraform.io/patchbay/patchbay", "registry.opentofu.org/patchbay/patchbay"]',
  );
});

test.each([
  ["no such block", 'plugin_cache_dir = "/cache"'],
  ["one that is a comment", "# provider_installation {}\n"],
  [
    "one that names our provider",
    'provider_installation {\n  dev_overrides { "patchbay/patchbay" = "/dev" }\n}',
  ],
])("%s needs no warning", (_title, text) => {
  expect(warningFor(text)).toBeUndefined();
});

test("a configuration that is not there needs no warning", () => {
  const environment = {
    cliConfigurationFile: join(folder, "none"),
    binaryName: undefined,
    searchPath: undefined,
    applicationData: undefined,
  };
  expect(
    installationWarning({ environment, pluginFolder: "/p" }),
  ).toBeUndefined();
});

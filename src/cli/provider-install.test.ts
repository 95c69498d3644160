import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../test/support/run-command";
import { PATCHBAY_VERSION } from "../model";
import type { CommandContext } from "./command-context";

const executable = `terraform-provider-patchbay_v${PATCHBAY_VERSION}`;
const packagePath = (host: string) =>
  `${host}/patchbay/patchbay/${PATCHBAY_VERSION}/linux_amd64`;
let root: string;
let context: Partial<CommandContext>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-install-"));
  mkdirSync(join(root, "provider"));
  writeFileSync(join(root, "provider", executable), "#!/bin/sh\necho one\n");
  writeFileSync(join(root, "provider/package.json"), "{}");
  writeFileSync(join(root, "index.node"), "native");
  context = {
    homeDirectory: join(root, "home"),
    workingDirectory: root,
    providerDirectory: join(root, "provider"),
    findModule: (name) =>
      name === "@libsql/linux-x64-gnu" ? join(root, "index.node") : undefined,
  };
});
afterEach(() => rmSync(root, { recursive: true }));

test("both tools find a complete package in the implied mirror", async () => {
  const { exitCode, output, errors } = await runCommand(
    ["provider", "install"],
    context,
  );
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
  expect(output).toContain('source  = "patchbay/patchbay"');
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const directory = join(
      root,
      "home/.terraform.d/plugins",
      packagePath(host),
    );
    expect(readdirSync(directory)).toEqual([
      "libsql-linux-x64-gnu.node",
      "package.json",
      executable,
    ]);
    expect(
      execFileSync(join(directory, executable), { encoding: "utf8" }),
    ).toBe("one\n");
    expect(readdirSync(join(directory, ".."))).toEqual(["linux_amd64"]);
  }
});

test("installing again changes nothing, and a new build replaces the files", async () => {
  const install = async () => {
    const { output } = await runCommand(
      ["provider", "install", "--dir", "mirror", "--json"],
      context,
    );
    return (
      JSON.parse(output) as { installations: { result: string }[] }
    ).installations.map(({ result }) => result);
  };
  const directory = join(root, "mirror", packagePath("registry.terraform.io"));
  expect(await install()).toEqual(["installed", "installed"]);
  const before = statSync(join(directory, executable)).ino;
  expect(await install()).toEqual(["unchanged", "unchanged"]);
  expect(statSync(join(directory, executable)).ino).toBe(before);

  writeFileSync(join(root, "provider", executable), "two");
  writeFileSync(join(directory, "left-over"), "");
  expect(await install()).toEqual(["replaced", "replaced"]);
  expect(readFileSync(join(directory, executable), "utf8")).toBe("two");
  expect(readdirSync(directory)).not.toContain("left-over");
});

test("another mirror comes with the settings that make it known", async () => {
  const { output } = await runCommand(
    ["provider", "install", "--dir", "mirror"],
    context,
  );
  expect(output).toContain(
    `terraform init -plugin-dir=${join(root, "mirror")}`,
  );
  expect(output).toContain(`path    = "${join(root, "mirror")}"`);
});

test("settings that turn the implied mirror off are warned of", async () => {
  mkdirSync(join(root, "home"));
  writeFileSync(
    join(root, "home/.terraformrc"),
    "provider_installation {\n  direct {}\n}\n",
  );
  const { exitCode, errors } = await runCommand(
    ["provider", "install"],
    context,
  );
  expect(exitCode).toBe(0);
  expect(errors).toContain(".terraformrc has a provider_installation block");
  expect(errors).toContain("filesystem_mirror {");
});

test.each<
  [title: string, given: () => Partial<CommandContext>, errors: RegExp]
>([
  [
    "without the driver's native part",
    () => ({ findModule: () => undefined }),
    /^File not readable \(file_not_readable\): .*@libsql\/linux-x64-gnu, is not installed/,
  ],
  [
    "before the provider is built",
    () => ({ providerDirectory: join(root, "nothing") }),
    /^File not readable \(file_not_readable\): .*npm run build/,
  ],
  [
    "on Windows",
    () => ({
      machine: () => ({
        operatingSystem: "win32",
        architecture: "x64",
        libc: "glibc",
      }),
    }),
    /^Not supported by this platform \(unsupported\): .*WSL/,
  ],
  [
    "where a file stands in the way",
    () => ({ homeDirectory: join(root, "index.node") }),
    /^File not writable \(file_not_writable\): .*\(ENOTDIR\)\. Choose another folder with --dir\.\n$/,
  ],
])("%s it says why it cannot", async (_title, given, errors) => {
  const result = await runCommand(["provider", "install"], {
    ...context,
    ...given(),
  });
  expect(result).toEqual({
    exitCode: 1,
    output: "",
    errors: expect.stringMatching(errors),
  });
});

test("a file that cannot be replaced leaves the package as it was", async () => {
  await runCommand(["provider", "install"], context);
  const directory = join(
    root,
    "home/.terraform.d/plugins",
    packagePath("registry.terraform.io"),
  );
  const before = readFileSync(join(directory, executable), "utf8");
  writeFileSync(join(root, "provider", executable), "two");
  rmSync(join(root, "index.node"));
  mkdirSync(join(root, "index.node"));
  const { exitCode } = await runCommand(["provider", "install"], context);
  expect(exitCode).toBe(1);
  expect(readFileSync(join(directory, executable), "utf8")).toBe(before);
});

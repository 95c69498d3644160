import { TerraformProvider, type TerraformStack } from "cdktf";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeApp } from "../../../test/cdktf/synthesis";
import { PATCHBAY_VERSION } from "../../model";
import { Connection } from "../connection";
import { folderHash } from "./folder-hash";
import { terraformPlatform } from "./place-provider";
import { updateLockFile } from "./update-lock-file";

class OtherProvider extends TerraformProvider {}

let folder: string;
let providerFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "patchbay-vendoring-"));
  providerFolder = join(folder, "provider");
  mkdirSync(providerFolder);
  writeFileSync(
    join(providerFolder, `terraform-provider-patchbay_v${PATCHBAY_VERSION}`),
    "#!/usr/bin/env node\n",
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const declare = (stack: TerraformStack) =>
  new Connection(stack, "c", {
    owner: "organization/acme",
    type: "generic",
    config: { conn_type: "ftp" },
  });

describe("synthesizing the app", () => {
  test("links the provider into the stack's plugin directory, for both hosts", () => {
    const context = { patchbayProviderFolder: providerFolder };
    synthesizeApp(context, declare, (stackFolder) => {
      for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
        const link = join(
          stackFolder,
          "terraform.d",
          "plugins",
          host,
          "patchbay",
          "patchbay",
          PATCHBAY_VERSION,
          terraformPlatform(),
        );
        expect(realpathSync(link)).toBe(realpathSync(providerFolder));
        expect(lstatSync(link).isSymbolicLink()).toBe(
          process.platform !== "win32",
        );
      }
      expect(
        readFileSync(join(stackFolder, ".terraform.lock.hcl"), "utf8"),
      ).toContain(
        `provider "registry.terraform.io/patchbay/patchbay" {\n  version     = "${PATCHBAY_VERSION}"`,
      );
    });
  });

  test("locks the stack's other providers where their versions are exact, so that cdktf asks no registry", () => {
    const build = (stack: TerraformStack) => {
      declare(stack);
      for (const [name, version] of [
        ["null", "3.2.4"],
        ["random", "~> 3.0"],
      ] as const) {
        new OtherProvider(stack, name, {
          terraformResourceType: name,
          terraformProviderSource: `hashicorp/${name}`,
          terraformGeneratorMetadata: {
            providerName: name,
            providerVersion: version,
          },
        });
      }
    };
    synthesizeApp(
      { patchbayProviderFolder: providerFolder },
      build,
      (stackFolder) => {
        const lock = readFileSync(
          join(stackFolder, ".terraform.lock.hcl"),
          "utf8",
        );
        expect(lock).toContain(
          'provider "registry.terraform.io/hashicorp/null" {\n  version     = "3.2.4"',
        );
        expect(lock).not.toContain("random");
      },
    );
  });

  test("a stack without a provider, whose elements do not say whose they are, is refused by its name", () => {
    expect(() =>
      synthesizeApp(
        { patchbayProviderFolder: providerFolder },
        (stack) => {
          for (const id of ["c", "d"])
            new Connection(stack, id, {
              type: "generic",
              config: { conn_type: "ftp" },
            });
        },
        () => undefined,
      ),
    ).toThrow(
      /missing_argument.*The stack "stack" has no PatchbayProvider, and "stack\/c" does not say whom it belongs to\./,
    );
  });

  test("says how to build the provider where it is missing", () => {
    const nowhere = join(folder, "nowhere");
    expect(() =>
      synthesizeApp(
        { patchbayProviderFolder: nowhere },
        declare,
        () => undefined,
      ),
    ).toThrow(/npm run build/);
  });
});

describe("the lock file", () => {
  const address = 'provider "registry.terraform.io/patchbay/patchbay"';
  const update = (
    changes: Partial<Parameters<typeof updateLockFile>[0]> = {},
  ) => {
    updateLockFile({
      stackFolder: folder,
      providerFolder,
      version: "1.0.0",
      openTofu: false,
      others: [],
      ...changes,
    });
    return readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
  };
  const givenLock = (text: string) =>
    writeFileSync(join(folder, ".terraform.lock.hcl"), text);
  const block = (version: string, hash: string) =>
    `${address} {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "${hash}",\n  ]\n}\n`;

  test("is left alone when it is right", () => {
    const text = block("1.0.0", folderHash(providerFolder));
    givenLock(text);
    expect(update()).toBe(text);
  });

  test("gets the new version after an upgrade, and after a downgrade", () => {
    for (const old of ["0.9.0", "2.0.0"]) {
      givenLock(block(old, "h1:old="));
      const lock = update();
      expect(lock).toContain('version     = "1.0.0"');
      expect(lock).not.toContain("h1:old=");
    }
  });

  test("gets the new hash when the files changed under the same version", () => {
    givenLock(block("1.0.0", "h1:stale="));
    const lock = update();
    expect(lock).toContain(folderHash(providerFolder));
    expect(lock).not.toContain("h1:stale=");
  });

  test("is seeded for OpenTofu's host where cdktf runs OpenTofu", () => {
    const lock = update({
      openTofu: true,
      others: [{ source: "hashicorp/null", version: "3.2.4" }],
    });
    expect(lock).toContain(
      'provider "registry.opentofu.org/patchbay/patchbay"',
    );
    expect(lock).toContain('provider "registry.opentofu.org/hashicorp/null"');
    expect(lock).not.toContain("registry.terraform.io");
  });

  test("has no seed beside what the other client's init has put there", () => {
    const ours = 'provider "registry.opentofu.org/patchbay/patchbay"';
    const text = block("1.0.0", folderHash(providerFolder)).replace(
      address,
      ours,
    );
    givenLock(text);
    const others = [{ source: "hashicorp/null", version: "3.2.4" }];
    expect(update({ openTofu: undefined })).toBe(text);
    expect(update({ openTofu: undefined, others })).not.toContain(
      "registry.terraform.io",
    );
  });

  test("keeps another provider's hashes while its version is right", () => {
    const other = block("3.2.4", "h1:theirs=").replace(
      address,
      'provider "registry.terraform.io/hashicorp/null"',
    );
    givenLock(other);
    expect(
      update({ others: [{ source: "null", version: "3.2.4" }] }),
    ).toContain(other);
    expect(
      update({ others: [{ source: "null", version: "3.3.0" }] }),
    ).not.toContain("h1:theirs=");
  });
});

test("the hash is the one that Terraform computes", () => {
  const files = mkdtempSync(join(tmpdir(), "patchbay-hash-"));
  try {
    mkdirSync(join(files, "b"));
    writeFileSync(join(files, "b", "x"), "1\n");
    writeFileSync(join(files, "b.txt"), "2\n");
    // From: find . -type f, sorted by bytes, | xargs sha256sum | sha256sum, in base64.
    expect(folderHash(files)).toMatchInlineSnapshot(
      `"h1:OwwV0ETIBrONG24dM68GQnVbWRxnjXwYv0U1N6s+FWA="`,
    );
  } finally {
    rmSync(files, { recursive: true });
  }
});

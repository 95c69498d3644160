import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../src/model";

const providerFolder = join(__dirname, "../provider");

/** A folder with a configuration that Terraform works in, with a home of its own. */
export class TerraformProject {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    readonly directory: string,
    configuration: object,
  ) {
    const home = join(directory, "home");
    mkdirSync(home, { recursive: true });
    writeFileSync(
      join(directory, "main.tf.json"),
      JSON.stringify(configuration),
    );
    const mirror = join(
      directory,
      "terraform.d/plugins/registry.terraform.io/patchbay/patchbay",
      PATCHBAY_VERSION,
    );
    mkdirSync(mirror, { recursive: true });
    const architecture = process.arch === "x64" ? "amd64" : process.arch;
    symlinkSync(
      providerFolder,
      join(mirror, `${process.platform}_${architecture}`),
    );
    this.#environment = { ...process.env, HOME: home, CHECKPOINT_DISABLE: "1" };
    delete this.#environment["TF_CLI_CONFIG_FILE"];
  }

  /** Runs one command; rejects with its output when it fails. */
  run(...args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn("terraform", args, {
        cwd: this.directory,
        env: this.#environment,
      });
      let output = "";
      child.stdout.on(
        "data",
        (chunk: Buffer) => (output += chunk.toString("utf8")),
      );
      child.stderr.on(
        "data",
        (chunk: Buffer) => (output += chunk.toString("utf8")),
      );
      child.once("error", reject);
      child.once("close", (status) =>
        status === 0
          ? resolve()
          : reject(new Error(`terraform ${args.join(" ")} failed:\n${output}`)),
      );
    });
  }
}

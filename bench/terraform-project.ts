import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the bench keeps its copy of the provider. */
export function mirrorIn(directory: string): string {
  return join(directory, "mirror");
}

/** A copy of the provider as a build has it, so that a build in the meantime does not change what is measured. */
export function installProvider(
  directory: string,
  /** @default this one */
  dist = join(__dirname, ".."),
): void {
  const cli = join(dist, "src/cli/main.js");
  const args = [cli, "provider", "install", "--dir", mirrorIn(directory)];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** A folder with a configuration that Terraform works in, with a home of its own. */
export class TerraformProject {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    readonly directory: string,
    /** Where the provider was installed to. */
    mirror: string,
    configuration: object,
  ) {
    const home = join(directory, "home");
    mkdirSync(home, { recursive: true });
    writeFileSync(
      join(directory, "main.tf.json"),
      JSON.stringify(configuration),
    );
    mkdirSync(join(directory, "terraform.d"));
    symlinkSync(mirror, join(directory, "terraform.d/plugins"));
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

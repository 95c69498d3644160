import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedHub } from "../../src/hub";
import type { HubService } from "../../src/hub/hub-service";
import { PATCHBAY_VERSION } from "../../src/model";
import type { TerraformTool } from "./terraform-tools";

const providerDirectory = join(__dirname, "../../dist/provider");
/** What an address without a host means: to Terraform, and to OpenTofu. */
export const hosts = ["registry.terraform.io", "registry.opentofu.org"];

/** What a command came to. Both streams in one text, as a user sees them. */
export interface TerraformRun {
  readonly status: number | null;
  readonly output: string;
}

/** The parts of `show -json` of a plan that tests look at. */
export interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Fields | null;
    readonly after: Fields | null;
    readonly after_unknown: Fields | boolean;
  };
}
export type Fields = Readonly<Record<string, unknown>>;

export interface ProjectOptions {
  readonly tool: TerraformTool;
  /** HCL of main.tf, without the terraform block. @default none */
  readonly main?: string;
  /** A folder whose `.tf` files are copied into the project. @default none */
  readonly copyOf?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A folder with a configuration, a home directory of its own, and the built provider vendored into it. */
export class TerraformProject {
  readonly directory: string;
  readonly #command: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #running = new Set<ChildProcess>();

  constructor({ tool, main, copyOf, environment = {} }: ProjectOptions) {
    if (!existsSync(providerDirectory))
      throw new Error(
        "The provider is not built: run `npm run build` first (`npm test` does).",
      );
    this.#command = tool.command ?? "";
    this.directory = mkdtempSync(join(tmpdir(), "patchbay-project-"));
    this.#environment = {
      PATH: process.env["PATH"] ?? "",
      HOME: join(this.directory, ".home"),
      // Here are the sockets of providers that a test kills.
      TMPDIR: this.directory,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...environment,
    };
    mkdirSync(this.#environment["HOME"]!);
    if (copyOf !== undefined) {
      for (const name of readdirSync(copyOf).filter((name) =>
        name.endsWith(".tf"),
      ))
        copyFileSync(join(copyOf, name), this.path(name));
    }
    if (main !== undefined) {
      this.write("main.tf", main);
      this.write("versions.tf", versions);
    }
    for (const host of hosts) this.#vendor(host);
  }

  /** What every command gets; nothing of the developer's own settings is among it. */
  get environment(): Readonly<Record<string, string>> {
    return this.#environment;
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** As an editor does; the text must be there. */
  edit(name: string, before: string, after: string): void {
    const text = this.read(name);
    if (!text.includes(before))
      throw new Error(`${name} does not hold ${before}`);
    this.write(
      name,
      text.replace(before, () => after),
    );
  }

  /** Starts a command, in a process group of its own, as a shell would. */
  start(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): RunningTerraform {
    const child = spawn(this.#command, args, {
      cwd: this.directory,
      env: { ...this.#environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#running.add(child);
    let output = "";
    const read = (chunk: Buffer) => void (output += chunk.toString("utf8"));
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    const ended = new Promise<TerraformRun>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        this.#running.delete(child);
        resolve({ status, output });
      });
    });
    return { pid: child.pid!, output: () => output, ended };
  }

  /** Runs a command to its end, whatever that is. */
  run(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<TerraformRun> {
    return this.start(args, environment).ended;
  }

  /** Runs a command that must succeed, and gives its output. */
  async succeed(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { status, output } = await this.run(args, environment);
    if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${output}`);
    return output;
  }

  init(): Promise<string> {
    return this.succeed(["init", "-no-color", "-input=false"]);
  }

  /** Plans into a file; gives what is printed. */
  plan(...args: readonly string[]): Promise<string> {
    return this.succeed([
      "plan",
      "-no-color",
      "-input=false",
      "-out=plan.bin",
      ...args,
    ]);
  }

  /** The plan that was made last, as a document. */
  async planDocument(): Promise<PlanDocument> {
    return JSON.parse(
      await this.succeed(["show", "-json", "plan.bin"]),
    ) as PlanDocument;
  }

  /** Applies the plan that was made last. */
  applyPlan(): Promise<string> {
    return this.succeed(["apply", "-no-color", "-input=false", "plan.bin"]);
  }

  /** Plans and applies in one go. */
  apply(...args: readonly string[]): Promise<string> {
    return this.succeed([
      "apply",
      "-no-color",
      "-input=false",
      "-auto-approve",
      ...args,
    ]);
  }

  tryApply(...args: readonly string[]): Promise<TerraformRun> {
    return this.run([
      "apply",
      "-no-color",
      "-input=false",
      "-auto-approve",
      ...args,
    ]);
  }

  tryPlan(...args: readonly string[]): Promise<TerraformRun> {
    return this.run(["plan", "-no-color", "-input=false", ...args]);
  }

  destroy(): Promise<string> {
    return this.succeed([
      "destroy",
      "-no-color",
      "-input=false",
      "-auto-approve",
    ]);
  }

  /** That nothing is left to do: exit code 0 of `plan -detailed-exitcode`. */
  async expectNoChanges(): Promise<void> {
    const { status, output } = await this.tryPlan("-detailed-exitcode");
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining("No changes."),
    });
  }

  /** The state file as it is; empty before the first apply. */
  stateText(): string {
    return existsSync(this.path("terraform.tfstate"))
      ? this.read("terraform.tfstate")
      : "";
  }

  /** Addresses of what Terraform manages, without data sources. */
  async managed(): Promise<readonly string[]> {
    const { output } = await this.run(["state", "list"]);
    return output
      .split("\n")
      .filter((line) => /^(module\..*\.)?(patchbay|terraform)_/.test(line));
  }

  /** Opens the project's hub behind Terraform's back. */
  async withHub<T>(
    use: (hub: HubService) => Promise<T>,
    path = ".patchbay",
  ): Promise<T> {
    const hub = await openEmbeddedHub({
      path,
      workingDirectory: this.directory,
      environment: {},
    });
    try {
      return await use(hub.api);
    } finally {
      await hub.close();
    }
  }

  /** Every file below the project, with its bytes; what was vendored is left out. */
  files(): ReadonlyMap<string, Buffer> {
    const found = new Map<string, Buffer>();
    const visit = (relative: string) => {
      for (const entry of readdirSync(this.path(relative), {
        withFileTypes: true,
      })) {
        const name = join(relative, entry.name);
        if (name === "terraform.d") continue;
        if (entry.isDirectory()) visit(name);
        else if (entry.isFile()) found.set(name, readFileSync(this.path(name)));
      }
    };
    visit(".");
    return found;
  }

  /** Ends what a failed test left running, and removes the folder. */
  remove(): void {
    for (const { pid } of this.#running) {
      try {
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Where `terraform init` looks before it asks a registry. */
  #vendor(host: string): void {
    const version = this.path(
      "terraform.d/plugins",
      host,
      "patchbay/patchbay",
      PATCHBAY_VERSION,
    );
    mkdirSync(version, { recursive: true });
    symlinkSync(providerDirectory, join(version, targetName()));
  }
}

/** A command under way. */
export interface RunningTerraform {
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly ended: Promise<TerraformRun>;
}

const versions = `terraform {
  required_providers {
    patchbay = { source = "patchbay/patchbay" }
  }
}
`;

function targetName(): string {
  const architecture = { x64: "amd64" }[process.arch as string] ?? process.arch;
  return `${process.platform}_${architecture}`;
}

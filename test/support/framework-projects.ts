import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");

export type Installed = "cdktf" | "cdktn" | "both" | "none";

/** Projects that have the built package and one framework, both or none; in a temporary folder. */
export class FrameworkProjects {
  readonly #folder = mkdtempSync(join(tmpdir(), "patchbay-frameworks-"));

  constructor() {
    if (!existsSync(join(root, "dist/src/index-cdktn.js")))
      throw new Error("These tests look at the built package: npm run build");
  }

  /** The folder of one. */
  folder(installed: Installed): string {
    const folder = join(this.#folder, installed);
    const modules = join(folder, "node_modules");
    if (existsSync(folder)) return folder;
    mkdirSync(modules, { recursive: true });
    for (const name of readdirSync(join(root, "node_modules"))) {
      const isFramework = name === "cdktf" || name === "cdktn";
      if (name.startsWith(".")) continue;
      if (isFramework && installed !== "both" && installed !== name) continue;
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    }
    const own = join(modules, "cdktf-patchbay");
    for (const part of ["package.json", "dist/src", "dist/provider"])
      cpSync(join(root, part), join(own, part), { recursive: true });
    return folder;
  }

  run(
    installed: Installed,
    script: string,
    environment: Readonly<Record<string, string>> = {},
  ) {
    const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: this.folder(installed),
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    return { status, stderr };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An app with one of each kind of construct. */
export const exampleApp = (
  framework: string,
  entry: string,
  options: { readonly outdir?: string; readonly hclOutput?: boolean } = {},
) => `
const { App, TerraformStack } = require("${framework}");
const { PatchbayProvider, Workspace, Deployment, PostgresqlConnection, Secret } = require("${entry}");
const app = new App(${JSON.stringify(options)});
const stack = new TerraformStack(app, "data");
new PatchbayProvider(stack, "patchbay", { organization: "acme" });
const analytics = new Workspace(stack, "analytics");
const prod = new Deployment(stack, "prod", { workspace: analytics });
const warehouse = new PostgresqlConnection(stack, "warehouse", {
  host: "db.example.com", login: "loader", port: 5432,
  extra: { options: { "two words": [1, true, "\${text}"] } },
  password: Secret.fromVariable(stack, "password"),
});
warehouse.attachTo(analytics);
warehouse.linkTo(prod, { overrides: { database: "prod", port: null } });
app.synth();
`;

/**
 * Nobody is held here: what constructs have made goes on with another framework,
 * or as HCL without any, on the same state and without a change.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import {
  exampleApp,
  FrameworkProjects,
} from "../../support/framework-projects";
import { describeWith, toolWithWriteOnly } from "../terraform-tools";

describeWith(toolWithWriteOnly, "what cdktf has made", () => {
  let projects: FrameworkProjects;
  beforeAll(() => {
    projects = new FrameworkProjects();
  });
  afterAll(() => projects.remove());

  test("plans no change from cdktn, nor as HCL from either", () => {
    synthesize("cdktf", "cdktf-patchbay", { outdir: "first" });
    expect(terraform("first", "init").status).toBe(0);
    const applied = terraform("first", "apply", "-auto-approve");
    expect(applied.output).toContain("5 added, 0 changed, 0 destroyed");

    synthesize("cdktn", "cdktf-patchbay/cdktn", { outdir: "second" });
    synthesize("cdktf", "cdktf-patchbay", { outdir: "third", hclOutput: true });
    synthesize("cdktn", "cdktf-patchbay/cdktn", {
      outdir: "fourth",
      hclOutput: true,
    });
    for (const outdir of ["second", "third", "fourth"]) {
      expect(terraform(outdir, "init").status).toBe(0);
      const { status, output } = terraform(
        outdir,
        "plan",
        "-detailed-exitcode",
      );
      expect(output).toContain("No changes.");
      expect(status).toBe(0);
    }
  });

  function synthesize(
    framework: string,
    entry: string,
    options: Parameters<typeof exampleApp>[2],
  ): void {
    const environment: Readonly<Record<string, string>> =
      options?.hclOutput === true ? { SYNTH_HCL_OUTPUT: "true" } : {};
    expect(
      projects.run("both", exampleApp(framework, entry, options), environment),
    ).toEqual({ status: 0, stderr: "" });
  }

  function terraform(outdir: string, ...parameters: string[]) {
    const { status, stdout, stderr } = spawnSync(
      toolWithWriteOnly.command!,
      [
        ...parameters,
        "-no-color",
        ...(parameters[0] === "init" ? [] : ["-input=false"]),
      ],
      {
        cwd: join(projects.folder("both"), outdir, "stacks/data"),
        encoding: "utf8",
        env: {
          ...process.env,
          TF_VAR_password: "geheim-1",
          CHECKPOINT_DISABLE: "1",
        },
      },
    );
    return { status, output: stdout + stderr };
  }
});

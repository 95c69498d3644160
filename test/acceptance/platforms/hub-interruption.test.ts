import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { TerraformProject, type RunningTerraform } from "../terraform-project";
import { anyTool, describeWith } from "../terraform-tools";
import { waitUntil } from "../wait-until";

const account = { kind: "organization", name: "acme" } as const;
const count = 120;
const main = `provider "patchbay" {
  organization = "acme"
}
resource "patchbay_connection" "all" {
  count   = ${count}
  name    = "connection-\${count.index}"
  type    = "postgresql"
  config  = { host = "h", login = "l", database = "d\${count.index}" }
  secrets = { password = "p\${count.index}" }
}
`;
const apply = ["apply", "-no-color", "-input=false", "-auto-approve"];

describeWith(
  anyTool,
  "an apply of 120 connections that is ended in the middle",
  () => {
    let project: TerraformProject;
    beforeAll(async () => {
      project = new TerraformProject({ tool: anyTool, main });
      await project.init();
    });
    afterAll(() => project.remove());

    // Each goes on where the one before has ended.

    test.each<
      [
        string,
        (pids: {
          readonly terraform: number;
          readonly provider: number;
        }) => void,
      ]
    >([
      [
        "kill -9 of the provider",
        ({ provider }) => process.kill(provider, "SIGKILL"),
      ],
      [
        "kill -9 of terraform",
        ({ terraform }) => process.kill(terraform, "SIGKILL"),
      ],
      ["Ctrl-C", ({ terraform }) => process.kill(-terraform, "SIGINT")],
    ])("%s: no process stays, and what was made is kept", async (_, end) => {
      const before = (await connectionsOf(project)).length;
      const running = project.start(apply);
      await waitUntil("a create", () => completions(running.output()) >= 20);
      const [provider = 0, ...others] = providersOf(running);
      expect(provider).toBeGreaterThan(0);
      expect(others).toEqual([]);
      end({ terraform: running.pid, provider });
      await running.ended;
      await waitUntil(
        "the end of the provider",
        () => !isRunning(provider),
        5_000,
      );
      restoreState(project);
      expect(running.output()).not.toContain("Apply complete");
      const made = await connectionsOf(project);
      expect(made.length).toBeGreaterThan(before);
      expect(made.length).toBeLessThan(count);
    });

    test("the next apply brings the rest, without a duplicate, and destroying finds everything", async () => {
      expect(await project.apply()).toContain("Apply complete");
      await project.expectNoChanges();
      expect(await project.managed()).toHaveLength(count);
      expect(new Set(await connectionsOf(project)).size).toBe(count);
      expect(await project.destroy()).toContain(`${count} destroyed`);
      expect(await connectionsOf(project)).toEqual([]);
    });
  },
);

/** Terraform writes its local state in place, so that a kill can leave half of it: the backup is what its users take then. */
function restoreState(project: TerraformProject): void {
  const [state, backup] = [
    project.path("terraform.tfstate"),
    project.path("terraform.tfstate.backup"),
  ];
  if (!existsSync(state) || isJson(readFileSync(state, "utf8"))) return;
  if (existsSync(backup)) copyFileSync(backup, state);
  else rmSync(state);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function completions(output: string): number {
  return output.match(/Creation complete/g)?.length ?? 0;
}

/** Ids of the provider's processes that this command has started. */
function providersOf({ pid }: RunningTerraform): readonly number[] {
  return processes()
    .filter(
      ({ parent, command }) =>
        parent === pid && command.includes("terraform-provider-patchbay"),
    )
    .map((process) => process.id);
}

function isRunning(pid: number): boolean {
  return processes().some(
    ({ id, state }) => id === pid && !state.startsWith("Z"),
  );
}

function processes() {
  return execFileSync("ps", ["-eo", "pid,ppid,stat,args"], { encoding: "utf8" })
    .split("\n")
    .slice(1)
    .map((line) => {
      const [id, parent, state = "", ...command] = line.trim().split(/\s+/);
      return {
        id: Number(id),
        parent: Number(parent),
        state,
        command: command.join(" "),
      };
    });
}

async function connectionsOf(
  project: TerraformProject,
): Promise<readonly string[]> {
  return project.withHub(async (hub) => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await hub.connections.list({ account, cursor });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return names;
  });
}

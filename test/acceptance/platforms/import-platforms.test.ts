import { join } from "node:path";
import {
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../standins/astro";
import { startDatadogStandin } from "../../standins/datadog";
import { PIPES_TOKEN, startPipesStandin } from "../../standins/pipes";
import { startUpsolverStandin } from "../../standins/upsolver";
import {
  expectToCompile,
  synthesizeImported,
} from "../../support/imported-stack";
import { runCommand } from "../../support/run-command";
import { TerraformProject } from "../terraform-project";
import { describeWith, toolWithWriteOnly as tool } from "../terraform-tools";

/** A platform of somebody else, on this machine. */
interface RunningPlatform {
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of the example besides its secrets. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What the command is told besides the platform and the owner. */
  readonly arguments: readonly string[];
  readonly close: () => Promise<void>;
}

interface ImportCase {
  readonly platform: string;
  /** Of all objects of the example, those of these owners are imported; how many. */
  readonly owners: Readonly<Record<string, number>>;
  readonly start: () => Promise<RunningPlatform>;
  /** Where nothing can be listed, what is imported is named. */
  readonly namesIds?: true;
}

const cases: readonly ImportCase[] = [
  {
    platform: "pipes",
    owners: { "organization/acme": 5, "workspace/analytics": 1, tenant: 1 },
    start: async () => {
      const { url, close } = await startPipesStandin({});
      return {
        environment: { PIPES_HOST: url, PIPES_TOKEN },
        arguments: ["--organization", "acme"],
        close,
      };
    },
  },
  {
    platform: "astro",
    owners: { "workspace/analytics": 4, "deployment/prod": 1 },
    start: async () => {
      const { url, close } = await startAstroStandin({});
      return {
        environment: { ASTRO_API_TOKEN: STANDIN_TOKEN },
        variables: {
          astro_host: url,
          astro_organization_id: STANDIN_ORGANIZATION,
        },
        arguments: [
          ...["--set", `host=${url}`],
          ...["--set", `organization_id=${STANDIN_ORGANIZATION}`],
        ],
        close,
      };
    },
  },
  {
    platform: "datadog",
    owners: { "organization/acme": 4 },
    namesIds: true,
    start: async () => {
      const { url, apiKey, applicationKey, close } = await startDatadogStandin(
        {},
      );
      return {
        environment: {
          DD_HOST: url,
          DD_API_KEY: apiKey,
          DD_APP_KEY: applicationKey,
        },
        arguments: [],
        close,
      };
    },
  },
  {
    platform: "upsolver",
    owners: { "organization/acme": 5 },
    start: async () => {
      const { url, token, close } = await startUpsolverStandin({});
      return {
        environment: { UPSOLVER_API_URL: url, UPSOLVER_TOKEN: token },
        arguments: [],
        close,
      };
    },
  },
];

/** The constructs that were written: compiled together, as each compilation takes seconds. */
const stacks: string[] = [];

describeWith(tool, "patchbay import", () => {
  let running: RunningPlatform;
  const projects: TerraformProject[] = [];
  afterEach(async () => {
    projects.splice(0).forEach((project) => project.remove());
    await running.close();
  });

  test.each(cases)(
    "of what examples/$platform has made, a plan shows imports and no change",
    async ({ platform, owners, start, namesIds }) => {
      running = await start();
      const { environment } = running;
      const example = new TerraformProject({
        tool,
        copyOf: join(__dirname, `../../../examples/${platform}`),
        environment,
      });
      projects.push(example);
      example.write("all.auto.tfvars", valuesFor(example));
      await example.init();
      await example.apply();
      const ids = namesIds === true ? await platformIds(example) : [];

      for (const [owner, imports] of Object.entries(owners)) {
        const args = [
          ...["--platform", platform, "--owner", owner, "--without-secrets"],
          ...running.arguments,
          ...ids.flatMap((id) => ["--id", id]),
        ];
        const written = await importedProject([...args, "--as", "hcl"]);
        await written.succeed(["fmt", "-check", "-diff"]);
        await expectImportsOnly(written, imports);
        await written.applyPlan();
        await written.expectNoChanges();

        const stack = await importedProject([...args, "--as", "constructs"]);
        const code = stack.read("imported-stack.ts");
        stacks.push(code);
        stack.write(
          "cdk.tf.json",
          synthesizeImported(code, stack.path("cdktf.out")),
        );
        await expectImportsOnly(stack, imports);
      }
    },
    180_000,
  );

  /** A project with the code that the command has written. */
  async function importedProject(
    args: readonly string[],
  ): Promise<TerraformProject> {
    const { environment } = running;
    const project = new TerraformProject({ tool, environment });
    projects.push(project);
    const { exitCode, errors } = await runCommand(
      ["import", ...args, "--out", project.directory],
      { environment, workingDirectory: project.directory },
    );
    expect({ exitCode, errors }).toEqual({
      exitCode: 0,
      errors: expect.not.stringContaining("refuse"),
    });
    return project;
  }

  /** A value for every variable that has no default. */
  function valuesFor(example: TerraformProject): string {
    const blocks = example
      .read("variables.tf")
      .matchAll(/^variable "(\w+)" \{\n(.*?)^\}$/gms);
    return [...blocks]
      .map(([, name = "", body = ""]) => ({ name, body }))
      .filter(
        ({ name, body }) =>
          !body.includes("default") ||
          Object.hasOwn(running.variables ?? {}, name),
      )
      .map(
        ({ name }) =>
          `${name} = "${running.variables?.[name] ?? `value of ${name}`}"\n`,
      )
      .join("");
  }
});

describeWith(tool, "patchbay import", () => {
  test("of all of these, the constructs compile", () => {
    expect(stacks).not.toEqual([]);
    expectToCompile(stacks);
  });
});

async function expectImportsOnly(
  project: TerraformProject,
  imports: number,
): Promise<void> {
  await project.init();
  expect(await project.plan()).toContain(
    `Plan: ${imports} to import, 0 to add, 0 to change, 0 to destroy.`,
  );
}

async function platformIds(
  project: TerraformProject,
): Promise<readonly string[]> {
  const state = JSON.parse(project.stateText()) as {
    readonly resources: readonly {
      readonly mode: string;
      readonly instances: readonly {
        readonly attributes: { readonly platform_id: string };
      }[];
    }[];
  };
  return Promise.resolve(
    state.resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ instances }) =>
        instances.map(({ attributes }) => attributes.platform_id),
      ),
  );
}

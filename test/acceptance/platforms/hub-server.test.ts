import type { RunningHubServer } from "../../../src/hub";
import {
  type EmbeddedHub,
  openEmbeddedHub,
  startHubServer,
} from "../../../src/hub";
import {
  type FaultProxy,
  startFaultProxy,
  startLoopbackServer,
} from "../../../src/testing";
import { createCertificate } from "../../../src/provider/wire/certificate";
import { expectFailure } from "../expected-failure";
import { TerraformProject } from "../terraform-project";
import { anyTool, describeWith } from "../terraform-tools";

const account = { kind: "organization", name: "acme" } as const;
const silent = {
  trace: () => undefined,
  debug: () => undefined,
  warn: () => undefined,
};

describeWith(anyTool, "a hub on a server that makes trouble", () => {
  let project: TerraformProject;
  let hub: EmbeddedHub;
  let server: RunningHubServer;
  let proxy: FaultProxy;
  let token: string;

  beforeAll(async () => {
    project = new TerraformProject({
      tool: anyTool,
      main: mainWith("http://127.0.0.1:1"),
    });
    await project.init();
    hub = await openEmbeddedHub({
      path: "server-side",
      workingDirectory: project.directory,
      environment: {},
    });
    server = await startHubServer({ api: hub.api, port: 0, log: silent });
    token = (
      await hub.api.tokens.create({ scope: { kind: "account", account } })
    ).token.reveal();
  });
  afterAll(async () => {
    await server.close();
    await hub.close();
    project.remove();
  });
  beforeEach(async () => {
    proxy = await startFaultProxy(server.url);
    project.write("main.tf", mainWith(proxy.url));
  });
  afterEach(() => proxy.close());

  const apply = (
    args: readonly string[] = [],
    environment = { PATCHBAY_TOKEN: token },
  ) =>
    project.run(
      ["apply", "-no-color", "-input=false", "-auto-approve", ...args],
      environment,
    );

  test("an answer that is lost in the middle of a create makes no duplicate: the object is adopted", async () => {
    proxy.failNext("POST", { kind: "cut_after" }, 1);
    const { status, output } = await apply();
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining("2 added"),
    });
    expect((await hub.api.connections.list({ account })).items).toHaveLength(1);
    const empty = await project.run(
      ["plan", "-detailed-exitcode", "-no-color"],
      { PATCHBAY_TOKEN: token },
    );
    expect(empty).toEqual({
      status: 0,
      output: expect.stringContaining("No changes."),
    });
  });

  test("answers that are lost again and again end in one diagnostic, and the next apply finds what was made", async () => {
    project.write("main.tf", mainWith(proxy.url, "second"));
    // Whatever is sent after the first POST is cut off, the question whether it happened too.
    const running = project.start(
      ["apply", "-no-color", "-input=false", "-auto-approve"],
      { PATCHBAY_TOKEN: token },
    );
    proxy.failNext("POST", { kind: "cut_after" }, 100);
    const run = await running.ended;
    if (run.status !== 0)
      expectFailure(run, {
        code: "outcome_unknown",
        says: ["may have happened"],
      });
    await proxy.close();
    proxy = await startFaultProxy(server.url);
    project.write("main.tf", mainWith(proxy.url, "second"));
    expect(await apply()).toMatchObject({ status: 0 });
    const { items } = await hub.api.connections.list({ account });
    expect(items.map(({ name }) => name)).toEqual(["db", "second"]);
  });

  test.each([
    [
      "a rate limit that passes",
      { kind: "answer", status: 429, headers: { "retry-after": "0" } },
    ],
    ["a failure that passes", { kind: "answer", status: 503 }],
    ["a connection that breaks", { kind: "cut_before" }],
  ] as const)("%s is waited for", async (_, fault) => {
    proxy.failNext("GET", fault, 2);
    const { status, output } = await apply(["-refresh-only"]);
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining("Apply complete"),
    });
  });

  test.each([
    [
      "a rate limit that stays",
      { kind: "answer", status: 429, headers: { "retry-after": "0" } },
      { code: "rate_limited", says: [/429/] },
    ],
    [
      "a server that fails",
      { kind: "answer", status: 500 },
      { code: "platform_failure", says: [/500/] },
    ],
  ] as const)(
    "%s is told once, and nothing is lost from the state",
    async (_, fault, expected) => {
      const before = project.stateText();
      proxy.failNext("GET", fault, 1000);
      const run = await apply();
      expectFailure(run, expected);
      expectOneDiagnostic(run.output);
      expect(project.stateText()).toBe(before);
    },
  );

  test("a wrong token, a server that is not there, and a certificate that nobody vouches for each get one diagnostic", async () => {
    const before = project.stateText();
    const refused = await apply([], { PATCHBAY_TOKEN: "pbt_wrong" });
    expectFailure(refused, { code: "unauthorized", says: ["PATCHBAY_TOKEN"] });
    expect(refused.output).not.toContain("pbt_wrong");
    expectOneDiagnostic(refused.output);

    const { close, url } = await startLoopbackServer({
      listener: () => undefined,
    });
    await close();
    project.write("main.tf", mainWith(url));
    const unreachable = await apply();
    expectFailure(unreachable, {
      code: "unreachable",
      says: ["does not answer"],
    });
    expectOneDiagnostic(unreachable.output);

    const { certPem, keyPem } = createCertificate(new Date());
    const tls = await startLoopbackServer({
      listener: (_, response) => response.end(),
      tls: { cert: certPem, key: keyPem },
    });
    project.write("main.tf", mainWith(tls.url));
    const untrusted = await apply();
    await tls.close();
    expectFailure(untrusted, {
      code: "tls_failure",
      says: ["NODE_EXTRA_CA_CERTS"],
    });
    expectOneDiagnostic(untrusted.output);
    expect(project.stateText()).toBe(before);
  });
});

function mainWith(endpoint: string, ...more: readonly string[]): string {
  return `provider "patchbay" {
  organization = "acme"
  hub          = { endpoint = "${endpoint}" }
}
resource "patchbay_workspace" "analytics" { name = "analytics" }
${["db", ...more]
  .map(
    (name) => `resource "patchbay_connection" "${name}" {
  name    = "${name}"
  type    = "postgresql"
  config  = { host = "h", login = "l" }
  secrets = { password = "p" }
}`,
  )
  .join("\n")}
`;
}

/** However many resources there are: what fails for all of them is said once. */
function expectOneDiagnostic(output: string): void {
  expect(output.match(/Code: /g)).toHaveLength(1);
}

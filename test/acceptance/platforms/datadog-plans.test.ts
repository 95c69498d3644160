import {
  datadogContract,
  type DatadogStandin,
  type Fields,
  startDatadogStandin,
} from "../../standins/datadog";
import { expectFailure } from "../expected-failure";
import { plannedActions } from "../planned-actions";
import { TerraformProject } from "../terraform-project";
import { describeWith, toolWithWriteOnly as tool } from "../terraform-tools";

const provider = `provider "patchbay" {
  organization = "acme"
  datadog      = {}
}
variable "secret" {
  ephemeral = true
  default   = "geheim"
}
`;

let standin: DatadogStandin;
let project: TerraformProject;

async function start(main: string): Promise<void> {
  standin = await startDatadogStandin({ contract: datadogContract });
  project = new TerraformProject({
    tool,
    environment: {
      DD_HOST: standin.url,
      DD_API_KEY: standin.apiKey,
      DD_APP_KEY: standin.applicationKey,
    },
    main: provider + main,
  });
  await project.init();
}

afterEach(async () => {
  project.remove();
  await standin.close();
});

const writes = () =>
  standin.requests().filter(({ method }) => method !== "GET");
const credentialsOf = (name: string) =>
  standin.stored().find((connection) => connection.name === name)!.integration[
    "credentials"
  ] as Fields;

describeWith(tool, "what Datadog cannot hold", () => {
  test("is all told by the plan of new connections, before anything is sent", async () => {
    await start(`
resource "patchbay_connection" "misspelt" {
  name = "misspelt"
  type = "datadog:OpenAi"
}
resource "patchbay_connection" "okta" {
  name       = "okta"
  type       = "datadog:Okta"
  config     = { domian = "acme.okta.com", tags = ["prod"] }
  secrets_wo = { api_tokn = var.secret }
  access     = { use = ["team/platform"] }
}
resource "patchbay_connection" "no_secrets" {
  name = "no-secrets"
  type = "datadog:OpenAI"
}
resource "patchbay_connection" "basic" {
  name       = "basic"
  type       = "http"
  config     = { base_url = "https://api.example.com", login = "loader", verify_tls = false }
  secrets_wo = { password = var.secret }
}
resource "patchbay_connection" "http" {
  name       = "http"
  type       = "http"
  config     = { base_url = "https://api.example.com", headers = { Authorization = "x" }, url_parameters = {}, tags = ["prod"] }
  secrets_wo = { token = var.secret, tokens = { patchbayOrders = var.secret } }
}
`);
    const run = await project.tryPlan();
    expectFailure(
      run,
      { code: "unknown_type", path: "type", says: ['Did you mean "OpenAI"?'] },
      {
        code: "unknown_field",
        path: "config.domian",
        says: ['Did you mean "domain"?'],
      },
      {
        code: "invalid_field",
        path: "config.tags[0]",
        says: ["This is not a tag of Datadog"],
      },
      {
        code: "unknown_field",
        path: "secrets_wo.api_tokn",
        says: ['Did you mean "api_token"?'],
      },
      {
        code: "invalid_field",
        path: "access.use",
        says: ["does not name the team by its id"],
      },
      {
        code: "missing_field",
        path: "secrets_wo.api_token",
        says: ["datadog:OpenAI cannot be without the secret api_token"],
      },
      { code: "unsupported", path: "config.login", says: ["tokens only"] },
      { code: "unsupported", path: "config.verify_tls", says: ["certificate"] },
      {
        code: "conflicting_arguments",
        path: "config.headers.Authorization",
        says: ["token_header"],
      },
      {
        code: "unsupported",
        path: "config.url_parameters",
        says: ["url_parameters is empty"],
      },
      {
        code: "invalid_field",
        path: "secrets_wo.tokens.patchbayOrders",
        says: ['begin with "patchbay"'],
      },
    );
    expect(run.output).not.toContain("geheim");
    expect(standin.requests()).toEqual([]);
  });

  test("is told by the plan of a change, and nothing is written", async () => {
    await start(`
resource "patchbay_connection" "okta" {
  name       = "okta"
  type       = "datadog:Okta"
  config     = { domain = "acme.okta.com", tags = ["env:prod"] }
  secrets_wo = { api_token = var.secret }
}
resource "patchbay_connection" "gemini" {
  name       = "gemini"
  type       = "datadog:Gemini"
  secrets_wo = { api_key = var.secret }
}
`);
    await project.apply();
    standin.clearRequests();
    project.edit("main.tf", '["env:prod"]', "[]");
    project.edit("main.tf", "api_token", "token");
    project.edit("main.tf", "{ api_key = var.secret }", "{}");
    expectFailure(
      await project.tryPlan(),
      { code: "invalid_field", path: "config.tags", says: ["write null"] },
      { code: "unknown_field", path: "secrets_wo.token", says: ["api_token"] },
      {
        code: "missing_field",
        path: "secrets_wo.api_key",
        says: ["datadog:Gemini cannot be without the secret api_key"],
      },
    );
    expect(writes()).toEqual([]);
  });
});

describeWith(tool, "what Datadog can change and not remove", () => {
  const fields = { azure: "custom_scopes", datadog: "subdomain" };
  const each = (action: string) => ({
    "patchbay_connection.azure": action,
    "patchbay_connection.datadog": action,
  });
  const ids = () =>
    Object.fromEntries(standin.stored().map(({ id, name }) => [name, id]));

  test("changes in place, and taking it back replaces the connection", async () => {
    await start(`
resource "patchbay_connection" "azure" {
  name       = "azure"
  type       = "datadog:Azure"
  config     = { app_client_id = "app", tenant_id = "tenant", custom_scopes = "first" }
  secrets_wo = { client_secret = var.secret }
}
resource "patchbay_connection" "datadog" {
  name       = "datadog"
  type       = "datadog:Datadog"
  config     = { datacenter = "us1.datadoghq.com", subdomain = "first" }
  secrets_wo = { api_key = var.secret, app_key = var.secret }
}
`);
    await project.apply();
    const before = ids();

    for (const field of Object.values(fields))
      project.edit("main.tf", `${field} = "first"`, `${field} = "second"`);
    expect(plannedActions(await project.plan())).toEqual(
      each("updated in-place"),
    );
    await project.applyPlan();
    expect(ids()).toEqual(before);
    for (const [name, field] of Object.entries(fields))
      expect(credentialsOf(name)).toMatchObject({ [field]: "second" });

    for (const field of Object.values(fields))
      project.edit("main.tf", `, ${field} = "second"`, "");
    const text = await project.plan();
    expect(plannedActions(text)).toEqual(each("replaced"));
    for (const field of Object.values(fields))
      expect(text).toMatch(new RegExp(`- ${field} += "second"`));
    await project.applyPlan();
    for (const [name, field] of Object.entries(fields)) {
      expect(ids()[name]).not.toBe(before[name]);
      expect(credentialsOf(name)).not.toHaveProperty(field);
      expect(JSON.stringify(credentialsOf(name))).toContain("geheim");
    }
    expect(standin.stored()).toHaveLength(2);
    await project.expectNoChanges();
  });
});

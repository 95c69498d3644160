/**
 * What the vendor's own clients send, as they send it, and what they expect: the
 * Go SDK (pipes-sdk-go), Turbot's Terraform provider and its Steampipe plugin.
 * Read in their public sources; every exchange is checked against the vendor's document.
 */
import {
  failingWith,
  PIPES_TOKEN,
  type PipesBehaviour,
  type PipesStandin,
} from ".";
import type { StandinMethod } from "../kit";
import { startChecked } from "./open-with-standin";

let standin: PipesStandin;
afterEach(() => standin.close());

type Body = Readonly<Record<string, unknown>>;

interface Call {
  /** `POST /org/acme/connection` */
  readonly call: string;
  readonly body?: Body;
  readonly status: number;
  readonly shows?: Body;
}

const start = async (behaviour: Partial<PipesBehaviour> = {}) => {
  standin = await startChecked(behaviour);
};

/** As the generated client does: these headers, and JSON whatever the method. */
async function send(call: string, body?: Body) {
  const [method, path] = call.split(" ") as [StandinMethod, string];
  const response = await fetch(`${standin.url}/api/v0${path}`, {
    method,
    headers: {
      accept: "application/json",
      authorization: `Bearer ${PIPES_TOKEN}`,
      "user-agent": "Turbot Pipes Terraform Provider/0.17.0",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: (await response.json()) as Body,
  };
}

/** One after the other. `{name}` in an address is filled from what is known. */
async function expectAll(
  calls: readonly Call[],
  known: Readonly<Record<string, () => string>> = {},
): Promise<void> {
  for (const { call, body, status, shows = {} } of calls) {
    const address = call.replace(/\{(\w+)\}/g, (_, name: string) =>
      known[name]!(),
    );
    const answer = await send(address, body);
    expect({ call, ...answer }).toMatchObject({
      call,
      status,
      // The SDK decodes errors of this type only.
      type: "application/json",
      body: shows,
    });
  }
}

const awsConfig = {
  regions: ["us-east-1"],
  access_key: "redacted",
  secret_key: "redacted",
};
const aws: Body = { handle: "aws_x", plugin: "aws", config: awsConfig };
const known = {
  folder: () => standin.world.folders.at(-1)!.id,
  permission: () => standin.world.permissions.at(-1)!.id,
  organization: () => standin.world.organizations[0]!.id,
  workspace: () => standin.world.workspaces[0]!.id,
};
const W = "/org/acme/workspace/analytics";

describe("Turbot's Terraform provider", () => {
  test.each<[resource: string, calls: readonly Call[]]>([
    [
      "an organization",
      [
        {
          call: "POST /org",
          body: { handle: "terraformx", display_name: "Terraform Test Org" },
          status: 201,
          shows: { handle: "terraformx", display_name: "Terraform Test Org" },
        },
        { call: "GET /org/terraformx", status: 200 },
        {
          call: "PATCH /org/terraformx",
          body: { handle: "terraformy", display_name: "Other" },
          status: 200,
          shows: { handle: "terraformy", display_name: "Other" },
        },
        { call: "GET /org/terraformx", status: 404, shows: { status: 404 } },
        { call: "DELETE /org/terraformy", status: 200 },
        { call: "GET /org/terraformy", status: 404 },
      ],
    ],
    [
      "a workspace",
      [
        {
          call: "POST /org/acme/workspace",
          body: { handle: "workspacex", instance_type: "db1.shared" },
          status: 201,
          shows: { handle: "workspacex", state: "enabled" },
        },
        { call: "GET /org/acme/workspace/workspacex", status: 200 },
        {
          call: "PATCH /org/acme/workspace/workspacex",
          body: { handle: "workspacey" },
          status: 200,
          shows: { handle: "workspacey" },
        },
        { call: "DELETE /org/acme/workspace/workspacey", status: 200 },
        { call: "GET /org/acme/workspace/workspacey", status: 404 },
      ],
    ],
    [
      "a connection of an organization, which has no parent at the top level",
      [
        {
          call: "POST /org/acme/connection",
          body: aws,
          status: 201,
          shows: { handle: "aws_x", plugin: "aws", parent_id: "" },
        },
        {
          call: "GET /org/acme/connection/aws_x",
          status: 200,
          shows: { config: { regions: ["us-east-1"] } },
        },
        {
          call: "PATCH /org/acme/connection/aws_x",
          body: { handle: "aws_y", config: awsConfig },
          status: 200,
          shows: { handle: "aws_y" },
        },
        { call: "DELETE /org/acme/connection/aws_y", status: 200 },
        { call: "GET /org/acme/connection/aws_y", status: 404 },
      ],
    ],
    [
      "a connection of the tenant, which a permission shows to the one organization",
      [
        { call: "POST /connection", body: aws, status: 201 },
        { call: "GET /org/acme/connection/aws_x", status: 404 },
        {
          call: "POST /connection/aws_x/permission",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "",
          },
          status: 201,
          shows: { identity: { handle: "acme" } },
        },
        { call: "GET /org/acme/connection/aws_x", status: 200 },
        { call: "GET /org/other/connection/aws_x", status: 404 },
      ],
    ],
    [
      "a connection of a workspace",
      [
        { call: `POST ${W}/connection`, body: aws, status: 201 },
        {
          call: `GET ${W}/connection/aws_x`,
          status: 200,
          shows: { handle: "aws_x", parent_id: "" },
        },
        {
          call: `PATCH ${W}/connection/aws_x`,
          body: { handle: "aws_y", config: awsConfig },
          status: 200,
        },
        { call: `DELETE ${W}/connection/aws_y`, status: 200 },
        { call: `GET ${W}/connection/aws_y`, status: 404 },
      ],
    ],
    [
      "a permission of a connection, which alone makes it visible in the workspace",
      [
        { call: "POST /org/acme/connection", body: aws, status: 201 },
        {
          call: "POST /org/acme/connection/aws_x/permission",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "analytics",
          },
          status: 201,
          shows: {
            identity: { handle: "acme" },
            workspace: { handle: "analytics" },
          },
        },
        {
          call: "GET /org/acme/connection/aws_x/permission/{permission}",
          status: 200,
        },
        { call: `GET ${W}/connection/aws_x`, status: 200 },
        {
          call: "GET /org/acme/workspace/science/connection/aws_x",
          status: 404,
        },
        {
          call: "PATCH /org/acme/connection/aws_x/permission/{permission}",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "science",
          },
          status: 200,
          shows: { workspace: { handle: "science" } },
        },
        { call: `GET ${W}/connection/aws_x`, status: 404 },
        {
          call: "GET /org/acme/workspace/science/connection/aws_x",
          status: 200,
        },
        {
          call: "DELETE /org/acme/connection/aws_x/permission/{permission}",
          status: 200,
        },
      ],
    ],
    [
      "a folder of the tenant",
      [
        {
          call: "POST /connection_folder",
          body: { title: "My Test Connection Folder" },
          status: 201,
          shows: { title: "My Test Connection Folder", parent_id: "" },
        },
        {
          call: "PATCH /connection_folder/{folder}",
          body: { title: "My Updated Test Connection Folder" },
          status: 200,
          shows: { title: "My Updated Test Connection Folder", parent_id: "" },
        },
        { call: "GET /connection_folder/{folder}", status: 200 },
        { call: "DELETE /connection_folder/{folder}", status: 200 },
      ],
    ],
    [
      "a folder of an organization, its permission, and its attachment to a workspace",
      [
        {
          call: "POST /org/acme/connection_folder",
          body: { title: "Shared" },
          status: 201,
          shows: { type: "connection-folder", parent_id: "" },
        },
        { call: `GET ${W}/connection_folder/{folder}`, status: 404 },
        {
          call: "POST /org/acme/connection_folder/{folder}/permission",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "analytics",
          },
          status: 201,
        },
        {
          call: "GET /org/acme/connection_folder/{folder}/permission/{permission}",
          status: 200,
          shows: { workspace: { handle: "analytics" } },
        },
        {
          call: `GET ${W}/connection_folder/{folder}`,
          status: 200,
          shows: { title: "Shared" },
        },
        {
          call: "GET /org/acme/workspace/science/connection_folder/{folder}",
          status: 404,
        },
        {
          call: "DELETE /org/acme/connection_folder/{folder}/permission/{permission}",
          status: 200,
        },
        { call: "DELETE /org/acme/connection_folder/{folder}", status: 200 },
      ],
    ],
    [
      "a folder of a workspace",
      [
        {
          call: `POST ${W}/connection_folder`,
          body: { title: "Own" },
          status: 201,
        },
        {
          call: `PATCH ${W}/connection_folder/{folder}`,
          body: { title: "Mine" },
          status: 200,
          shows: { title: "Mine", parent_id: "" },
        },
        { call: `DELETE ${W}/connection_folder/{folder}`, status: 200 },
      ],
    ],
    [
      "an aggregator, and its schema",
      [
        {
          call: `POST ${W}/aggregator`,
          body: { handle: "all_aws_x", plugin: "aws", connections: ["aws*"] },
          status: 201,
          shows: { handle: "all_aws_x", connections: ["aws*"] },
        },
        {
          call: `PATCH ${W}/aggregator/all_aws_x`,
          body: { handle: "all_aws_y", connections: ["*"] },
          status: 200,
          shows: { handle: "all_aws_y", connections: ["*"] },
        },
        {
          call: `POST ${W}/schema`,
          body: { aggregator_handle: "all_aws_y" },
          status: 201,
          shows: { name: "all_aws_y", type: "aggregator" },
        },
        { call: `GET ${W}/schema/all_aws_y`, status: 200 },
        { call: `DELETE ${W}/schema/all_aws_y`, status: 201 },
        { call: `DELETE ${W}/aggregator/all_aws_y`, status: 200 },
        { call: `GET ${W}/aggregator/all_aws_y`, status: 404 },
      ],
    ],
    [
      "what belongs to the user of the token",
      [
        {
          call: "GET /actor",
          status: 200,
          shows: { handle: "jane", status: "accepted" },
        },
        { call: "GET /user/jane", status: 200, shows: { handle: "jane" } },
        {
          call: "POST /user/jane/workspace",
          body: { handle: "home" },
          status: 201,
        },
        {
          call: "POST /user/jane/workspace/home/connection",
          body: aws,
          status: 201,
        },
        {
          call: "GET /user/jane/workspace/home/connection/aws_x",
          status: 200,
        },
        {
          call: "POST /user/jane/workspace/home/connection_folder",
          body: { title: "Own" },
          status: 201,
        },
        {
          call: "GET /user/jane/workspace/home/connection_folder/{folder}",
          status: 200,
        },
        {
          call: "POST /user/jane/workspace/home/schema",
          body: { connection_handle: "aws_x" },
          status: 201,
          shows: { name: "aws_x", type: "connection" },
        },
        {
          call: "GET /user/jane/workspace/home/connection_folder/aws_x",
          status: 404,
        },
        { call: "GET /user/jane/workspace/home/schema/aws_x", status: 200 },
        { call: "DELETE /user/jane/workspace/home/schema/aws_x", status: 201 },
        { call: "DELETE /user/jane/workspace/home", status: 200 },
      ],
    ],
    [
      "its data sources",
      [
        { call: "GET /tenant", status: 200 },
        {
          call: "GET /tenant/acme-tenant",
          status: 200,
          shows: { handle: "acme-tenant" },
        },
        {
          call: "GET /identity/acme",
          status: 200,
          shows: { handle: "acme", type: "org" },
        },
      ],
    ],
  ])("manages %s", async (_, calls) => {
    await start();
    await expectAll(calls, known);
  });

  test("attaches a connection that the organization may use", async () => {
    await start();
    await expectAll(
      [
        { call: "POST /org/acme/connection", body: aws, status: 201 },
        {
          call: `POST ${W}/schema`,
          body: { connection_handle: "aws_x" },
          status: 403,
          shows: { title: "Forbidden", status: 403 },
        },
        {
          call: "POST /org/acme/connection/aws_x/permission",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "",
          },
          status: 201,
        },
        {
          call: `POST ${W}/schema`,
          body: { connection_handle: "aws_x" },
          status: 201,
          shows: { name: "aws_x", type: "connection", state: "direct" },
        },
        // How it tells whether it has attached a folder.
        { call: `GET ${W}/connection_folder/aws_x`, status: 404 },
        { call: `GET ${W}/schema/aws_x`, status: 200 },
        { call: `DELETE ${W}/schema/aws_x`, status: 201 },
        { call: `GET ${W}/schema/aws_x`, status: 404 },
      ],
      known,
    );
  });

  test("attaches a folder, whose connections follow, and detaches it by its id", async () => {
    await start();
    await expectAll(
      [
        {
          call: "POST /org/acme/connection_folder",
          body: { title: "Shared" },
          status: 201,
        },
        {
          call: "POST /org/acme/connection_folder/{folder}/permission",
          body: {
            tenant_handle: "",
            identity_handle: "acme",
            workspace_handle: "",
          },
          status: 201,
        },
      ],
      known,
    );
    const id = known.folder();
    await expectAll(
      [
        {
          call: `POST ${W}/schema`,
          body: { connection_folder: id },
          status: 201,
          shows: { type: "connection-folder", connection_id: id },
        },
        {
          call: "POST /org/acme/connection",
          body: { ...aws, parent_id: id },
          status: 201,
          shows: { parent_id: id, trunk: [{ id, title: "Shared" }] },
        },
        { call: `GET ${W}/connection_folder/{folder}`, status: 200 },
        {
          call: `GET ${W}/conn/{folder}`,
          status: 200,
          shows: { connection_id: id, connection: { title: "Shared" } },
        },
        {
          call: `GET ${W}/schema/aws_x`,
          status: 200,
          shows: { state: "indirect" },
        },
        { call: `DELETE ${W}/schema/aws_x`, status: 400 },
        { call: "DELETE /org/acme/connection_folder/{folder}", status: 409 },
        { call: `DELETE ${W}/schema/{folder}`, status: 201 },
        { call: `GET ${W}/schema/aws_x`, status: 404 },
        { call: `GET ${W}/conn/{folder}`, status: 404 },
      ],
      known,
    );
  });
});

describe("Turbot's Steampipe plugin", () => {
  test.each([
    "GET /org/{organization}",
    "GET /identity/{organization}",
    "GET /org/{organization}/workspace?limit=100",
    "GET /org/{organization}/workspace/{workspace}",
    "GET /org/{organization}/connection?limit=100",
    "GET /org/{organization}/workspace/analytics/conn?limit=100",
    "GET /org/{organization}/workspace/{workspace}/schema?limit=100",
    "GET /org/{organization}/workspace/{workspace}/aggregator?limit=100",
    "GET /org/{organization}/process?limit=100",
    "GET /actor/org?limit=100",
    "GET /actor/conn?limit=100",
    "GET /actor/workspace?limit=100",
    "GET /user/jane/workspace?limit=100",
    "GET /user/jane/connection?limit=100",
  ])("asks with ids where handles stand: %s", async (call) => {
    await start();
    await send("POST /org/acme/connection", aws);
    await expectAll([{ call, status: 200 }], known);
  });

  test("reads what a workspace is attached to as associations", async () => {
    await start();
    await send(`POST ${W}/connection`, aws);
    await expectAll([
      {
        call: `POST ${W}/conn`,
        body: { connection_handle: "aws_x" },
        status: 201,
        shows: { connection: { handle: "aws_x" } },
      },
      {
        call: `GET ${W}/conn?limit=100`,
        status: 200,
        shows: { items: [{ connection: { handle: "aws_x" } }] },
      },
      { call: `GET ${W}/conn/aws_x`, status: 200 },
      { call: `DELETE ${W}/conn/aws_x`, status: 200 },
      { call: `GET ${W}/conn/aws_x`, status: 404 },
    ]);
  });

  test("follows an update to the process behind it", async () => {
    await start({ rolloutReads: 1, rollout: "error" });
    await send(`POST ${W}/connection`, aws);
    const { body } = await send(`GET ${W}/connection/aws_x`);
    const id = String(body["last_error_process_id"]);
    await expectAll([
      {
        call: `GET ${W}/process/${id}`,
        status: 200,
        shows: { state: "failed", connection_id: body["id"] },
      },
      {
        call: "GET /org/acme/process?limit=100",
        status: 200,
        shows: { items: [{ id }] },
      },
      { call: `GET ${W}/process/p_00000000000000000000`, status: 404 },
    ]);
  });

  test("sees folders and connections as one tree", async () => {
    await start();
    await send("POST /connection", aws);
    const { body } = await send("GET /connection_tree?limit=100");
    const items = body["items"] as readonly Body[];
    expect(items.map(({ title, handle }) => title ?? handle)).toEqual([
      "Production",
      "Databases",
      "Staging",
      "aws_x",
    ]);
  });
});

test.each(["public", "default", "internal", "pg_x", "steampipe_command"])(
  "a handle that PostgreSQL or Steampipe has reserved is refused: %s",
  async (handle) => {
    await start();
    await expectAll([
      {
        call: "POST /org/acme/connection",
        body: { ...aws, handle },
        status: 400,
      },
    ]);
  },
);

test.each([
  "aws@0.76.0",
  "AWS",
  " aws",
  "aws/",
  "hub.steampipe.io/plugins/x/y",
])(
  "a plugin is named without version, host or capitals: %j is refused",
  async (plugin) => {
    await start();
    await expectAll([
      {
        call: "POST /org/acme/connection",
        body: { ...aws, plugin },
        status: 400,
      },
      {
        call: "POST /org/acme/connection/_/test",
        body: { plugin, config: {} },
        status: 400,
      },
    ]);
  },
);

describe("what Pipes may do otherwise can be chosen", () => {
  test("errors of the type that their form would have", async () => {
    await start({ errorType: "application/problem+json" });
    expect(await send("GET /org/nobody")).toMatchObject({
      status: 404,
      type: "application/problem+json",
    });
  });

  test("the owner as the parent of what is in no folder", async () => {
    await start({ topParent: "owner" });
    expect(await send("POST /org/acme/connection", aws)).toMatchObject({
      body: { parent_id: standin.world.organizations[0]!.id },
    });
  });

  test("visible only once attached, and permissions listed as schemas", async () => {
    await start({ visibleBy: "attachment", listsGranted: true });
    await send("POST /org/acme/connection", aws);
    await send("POST /org/acme/connection/aws_x/permission", {
      identity_handle: "acme",
    });
    await expectAll([
      { call: `GET ${W}/connection/aws_x`, status: 404 },
      {
        call: `GET ${W}/schema/aws_x`,
        status: 200,
        shows: { state: "granted" },
      },
      { call: `DELETE ${W}/schema/aws_x`, status: 404 },
    ]);
  });

  test("handles only, and any name", async () => {
    await start({ takesIds: false, takesAnyName: true });
    await expectAll(
      [
        { call: "GET /org/{organization}/connection", status: 404 },
        {
          call: "POST /org/acme/connection",
          body: { handle: "public", plugin: "aws@1.0" },
          status: 201,
        },
      ],
      known,
    );
  });

  test("an organization and a workspace renamed: found by id, and under the new handle", async () => {
    await start();
    await send("POST /org/acme/connection", aws);
    standin.world.organizations[0]!.handle = "acme2";
    standin.world.workspaces[0]!.handle = "analytics2";
    await expectAll(
      [
        { call: "GET /org/acme/connection/aws_x", status: 404 },
        { call: "GET /org/acme2/connection/aws_x", status: 200 },
        {
          call: "GET /org/{organization}",
          status: 200,
          shows: { handle: "acme2" },
        },
        {
          call: "GET /org/{organization}/workspace/{workspace}",
          status: 200,
          shows: { handle: "analytics2" },
        },
      ],
      known,
    );
  });

  test.each([403, 404] as const)(
    "an organization and a workspace that the token does not see: %d",
    async (status) => {
      await start();
      const { world } = standin;
      world.hidden[world.workspaces[0]!.id] = status;
      world.hidden[world.organizations[1]!.id] = status;
      await expectAll(
        [
          { call: "GET /org/other/connection", status },
          { call: `GET ${W}/schema`, status },
          { call: "GET /org/acme/workspace/{workspace}", status },
          {
            call: "GET /org/acme/workspace",
            status: 200,
            shows: { items: [{ handle: "science" }] },
          },
          {
            call: "GET /org",
            status: 200,
            shows: { items: [{ handle: "acme" }] },
          },
          { call: "GET /identity/other", status: 404 },
        ],
        known,
      );
    },
  );

  test("fields that Pipes fills in by itself, and keeps", async () => {
    await start({ fills: { aws: { min_error_retry_delay: 25 } } });
    const shows = { config: { min_error_retry_delay: 25 } };
    await expectAll([
      { call: "POST /org/acme/connection", body: aws, status: 201, shows },
      {
        call: "PATCH /org/acme/connection/aws_x",
        body: { config: { regions: ["*"], min_error_retry_delay: null } },
        status: 200,
        shows,
      },
      {
        call: "PATCH /org/acme/connection/aws_x",
        body: { config: { min_error_retry_delay: 50 } },
        status: 200,
        shows: { config: { min_error_retry_delay: 50 } },
      },
    ]);
  });

  test.each([
    ["absent", undefined],
    ["null", null],
    ["masked", "********"],
    ["redacted", "redacted"],
  ] as const)("secrets shown as %s", async (secretsOnRead, shown) => {
    await start({ secretsOnRead });
    const config = { regions: ["*"], secret_key: "geheim" };
    const { body } = await send("POST /org/acme/connection", {
      ...aws,
      config,
    });
    expect(body["config"]).toEqual({
      regions: ["*"],
      ...(shown !== undefined && { secret_key: shown }),
    });
  });

  test("lists shown sorted", async () => {
    await start({ lists: "sorted" });
    const regions = ["us-west-2", "eu-central-1"];
    await expectAll([
      {
        call: "POST /org/acme/connection",
        body: { ...aws, config: { regions } },
        status: 201,
        shows: { config: { regions: ["eu-central-1", "us-west-2"] } },
      },
    ]);
    expect(standin.world.connections[0]?.config).toEqual({ regions });
  });

  test("a test and a refusal that repeat the password in another form", async () => {
    const leak = ({ password }: Body) =>
      password === undefined ? undefined : `bad: ${String(password)}`;
    await start({
      testResult: failingWith(encodeURIComponent),
      refusesConfig: leak,
    });
    const config = { host: "db", password: "p@ss-w0rd-9" };
    await expectAll([
      {
        call: "POST /org/acme/connection/_/test",
        body: { plugin: "postgres", config },
        status: 200,
        shows: {
          status: "error",
          reason: "could not connect to postgres://l:p%40ss-w0rd-9@db/x",
        },
      },
      {
        call: "POST /org/acme/connection",
        body: { handle: "a", plugin: "postgres", config },
        status: 400,
        shows: { detail: "bad: p@ss-w0rd-9" },
      },
    ]);
  });
});

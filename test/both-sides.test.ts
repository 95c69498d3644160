import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DiagnosticCode,
  diagnosticSummaries,
  errorDiagnostic,
  Secret,
} from "../src/diagnostics";
import {
  type Attachment,
  type Connection,
  type Feature,
  features,
  type JsonValue,
  type Link,
  type Value,
} from "../src/model";
import type { Declared, DeclaredConnection, DeclaredLink } from "../src/plan";
import type { MemoryPlatform, PlannedFault } from "../src/testing";
import {
  type Story,
  throughTheCore,
  throughTheProvider,
} from "./support/both-sides";
import {
  declaredAttachment,
  declaredConnection,
  declaredLink,
} from "./support/declared-of";

/**
 * A declaration is told the same about, whichever door it comes through: the
 * same codes at the same paths, from the provider's RPCs as from the core.
 */

/** A story that both sides tell alike. */
interface Case extends Story {
  readonly says: string;
  /** `code path` of each diagnostic; of an error nothing is carried out, of a warning it is all the same. */
  readonly plan?: readonly string[];
  /** What carrying out a plan without errors fails with. */
  readonly carriedOut?: readonly string[];
}

/** Why a code belongs to one door only, and the test where it is held. */
interface OneDoor {
  readonly because: string;
  readonly testedIn: string;
}

const acme = { kind: "organization", name: "acme" } as const;
const owner = "organization/acme";
const key = { owner: acme, name: "warehouse" };
const fields = { host: "db.example.com", login: "loader", port: 5432 };
const postgresql: Connection = { ...key, type: "postgresql", config: fields };

function connection(given: Partial<DeclaredConnection> = {}): Declared {
  return { ...declaredConnection(postgresql), ...noSecrets, ...given };
}

/** Where none are given, Terraform points at the argument that it recommends. */
const noSecrets: Pick<DeclaredConnection, "secrets"> = {
  secrets: {
    value: new Secret<Value>(null),
    argument: "secrets_wo",
    version: undefined,
  },
};

const withSecrets = (value: Value): Pick<DeclaredConnection, "secrets"> => ({
  secrets: {
    value: new Secret(value),
    argument: "secrets",
    version: undefined,
  },
});

const withPassword: Pick<DeclaredConnection, "secrets"> = {
  secrets: { ...noSecrets.secrets, value: new Secret({ password: "one" }) },
};

const pinned = (
  password: string,
  version = "1",
): Pick<DeclaredConnection, "secrets"> => ({
  secrets: { ...noSecrets.secrets, value: new Secret({ password }), version },
});

function link(given: Partial<DeclaredLink> = {}): Declared {
  const plain: Link = { connection: key, deployment: "prod", overrides: {} };
  return { ...declaredLink(plain), ...given };
}

const withOverrideSecrets = (value: Value): Pick<DeclaredLink, "secrets"> => ({
  secrets: {
    value: new Secret(value),
    argument: "override_secrets",
    version: undefined,
  },
});

const inAnalytics: Attachment = { connection: key, workspace: "analytics" };
const attachment = declaredAttachment(inAnalytics);
const attachmentTo = (to: string): Declared => ({
  ...attachment,
  connection: to,
});
const linked = (given: Partial<DeclaredLink> = {}): readonly Declared[] => [
  connection(),
  attachment,
  link(given),
];
const workspace = (name: string, of: string | undefined = owner): Declared => ({
  kind: "workspace",
  owner: of,
  name,
});
const deployment = (
  name: string,
  inWorkspace: string,
  of: string | undefined = owner,
): Declared => ({
  kind: "deployment",
  owner: of,
  name,
  workspace: inWorkspace,
});
const ownerless = { owner: undefined };

const without = (...lacking: readonly Feature[]): Story["capabilities"] => ({
  features: features.filter((feature) => !lacking.includes(feature)),
});

const asIs = { ...postgresql };
const changed = { ...postgresql, config: { ...fields, host: "elsewhere" } };
const made = async (memory: MemoryPlatform) => memory.connections.create(asIs);
const changedByOthers = async (memory: MemoryPlatform) =>
  memory.connections.update(key, changed);

/** A code of the port, however the platform comes to it: of each kind of write, at the object as a whole. */
function ofEveryWrite(code: DiagnosticCode): readonly Case[] {
  const failing =
    (...methods: readonly PlannedFault["method"][]) =>
    (memory: MemoryPlatform) => {
      // Twice: a create whose outcome is not known is tried again.
      for (const method of methods) memory.failNext({ method, code, times: 2 });
    };
  const carriedOut = [code];
  return [
    {
      says: "where a connection is made",
      declared: [connection()],
      meanwhile: failing("connections.create"),
    },
    {
      says: "where a connection is changed",
      before: [connection()],
      declared: [connection({ description: "Ours." })],
      meanwhile: failing("connections.update"),
    },
    {
      says: "where a connection is removed",
      before: [connection()],
      declared: [],
      meanwhile: failing("connections.delete"),
    },
    {
      says: "where a connection is attached",
      before: [connection()],
      declared: [connection(), attachment],
      meanwhile: failing("attachments.create"),
    },
    {
      says: "where an attachment is removed",
      before: [connection(), attachment],
      declared: [connection()],
      meanwhile: failing("attachments.delete"),
    },
    {
      says: "where a link is made",
      before: [connection(), attachment],
      declared: linked(),
      meanwhile: failing("links.create"),
    },
    {
      says: "where a link is changed",
      before: linked(),
      declared: linked({ overrides: { port: 6432 } }),
      meanwhile: failing("links.update"),
    },
    {
      says: "where a link is removed",
      before: linked(),
      declared: [connection(), attachment],
      meanwhile: failing("links.delete"),
    },
    {
      says: "where a workspace is made",
      declared: [workspace("science")],
      meanwhile: failing("inventoryManagement.createWorkspace"),
    },
    {
      says: "where a deployment is removed",
      before: [deployment("staging", "analytics")],
      declared: [],
      meanwhile: failing("inventoryManagement.deleteDeployment"),
    },
    {
      says: "where a connection is tested",
      declared: [connection({ verify: "on_change" })],
      meanwhile: failing("verification.verify"),
    },
  ].map((one) => ({ ...one, carriedOut }));
}

const theHub: Pick<OneDoor, "because"> = {
  because:
    "It is told where the hub's file is opened, before anything is planned.",
};
const theCommandLine: Pick<OneDoor, "because"> = {
  because: "It is about how the command line was called, not what is declared.",
};

const theConstructs: Pick<OneDoor, "because"> = {
  because: "It is told where constructs are made, before anything is declared.",
};

const table: Readonly<Record<DiagnosticCode, readonly Case[] | OneDoor>> = {
  unknown_type: [
    {
      says: "at the type",
      declared: [connection({ type: "postgres" })],
      plan: ["unknown_type type"],
    },
    {
      says: "at the type, while the fields wait",
      declared: [connection({ type: "postgres", config: { hots: "a" } })],
      plan: ["unknown_type type"],
    },
  ],

  unknown_field: [
    {
      says: "among the plain fields and the secrets",
      declared: [
        connection({
          config: { ...fields, prot: 1 },
          ...withSecrets({ pasword: "geheim" }),
        }),
      ],
      plan: ["unknown_field config.prot", "unknown_field secrets.pasword"],
    },
    {
      says: "inside a field",
      declared: [
        connection({
          type: "http",
          config: {
            base_url: "https://api.example.com",
            body: {
              content_type: "application/json",
              content: "{}",
              contnt: "",
            },
          },
        }),
      ],
      plan: ["unknown_field config.body.contnt"],
    },
    {
      says: "among overrides",
      declared: linked({
        overrides: { prot: 1 },
        ...withOverrideSecrets({ pasword: "geheim" }),
      }),
      plan: [
        "unknown_field override_secrets.pasword",
        "unknown_field overrides.prot",
      ],
    },
  ],

  invalid_field: [
    {
      says: "at verify",
      declared: [connection({ verify: "always" })],
      plan: ["invalid_field verify"],
    },
    {
      says: "at each list of access, once for each principal",
      declared: [
        connection({
          access: { view: ["jane", "joe"], use: undefined, edit: ["tenants"] },
        }),
      ],
      plan: [
        "invalid_field access.edit",
        "invalid_field access.view",
        "invalid_field access.view",
      ],
    },
    {
      says: "at a field",
      declared: [connection({ config: { ...fields, port: "many" } })],
      plan: ["invalid_field config.port"],
    },
    {
      says: "at a config that is no object",
      declared: [connection({ config: "host=db.example.com" })],
      plan: ["invalid_field config"],
    },
    {
      says: "at secrets that are no object",
      declared: [connection(withSecrets(["geheim"]))],
      plan: ["invalid_field secrets"],
    },
    ...(
      [
        ["text", "host=a"],
        ["a list", ["host"]],
        ["a number", 5],
        ["false", false],
      ] satisfies readonly (readonly [string, JsonValue])[]
    ).flatMap(([what, value]): readonly Case[] => [
      {
        says: `at overrides that are ${what}`,
        declared: linked({ overrides: value }),
        plan: ["invalid_field overrides"],
      },
      {
        says: `at overrides that are ${what}, of a connection that is not there`,
        declared: [link({ overrides: value })],
        plan: ["invalid_field overrides"],
      },
      {
        says: `at overridden secrets that are ${what}`,
        declared: linked(withOverrideSecrets(value)),
        plan: ["invalid_field override_secrets"],
      },
    ]),
    {
      says: "at an overridden field",
      declared: linked({ overrides: { port: "many" } }),
      plan: ["invalid_field overrides.port"],
    },
  ],

  missing_field: [
    {
      says: "at each field that the type needs",
      declared: [connection({ config: {} })],
      plan: ["missing_field config.host", "missing_field config.login"],
    },
    {
      says: "where no config is given at all",
      declared: [connection({ config: null })],
      plan: ["missing_field config.host", "missing_field config.login"],
    },
    {
      says: "at a secret that is needed, where none is declared",
      declared: [
        connection({
          type: "elasticsearch",
          config: { host: "db.example.com", login: "loader" },
        }),
      ],
      plan: ["missing_field secrets_wo.password"],
    },
    {
      says: "at a secret that is needed, where others are declared",
      declared: [
        connection({
          type: "elasticsearch",
          config: { host: "db.example.com", login: "loader" },
          ...withSecrets({}),
        }),
      ],
      plan: ["missing_field secrets.password"],
    },
    {
      says: "at secrets one of which is needed, where none is declared",
      declared: [
        connection({
          type: "snowflake",
          config: { account: "acme-eu", login: "LOADER" },
        }),
      ],
      plan: ["missing_field secrets_wo"],
    },
    {
      says: "at an override that takes away what is needed",
      declared: linked({ overrides: { host: null } }),
      plan: ["missing_field overrides.host"],
    },
  ],

  invalid_configuration: [
    {
      says: "at the later of two that exclude each other",
      declared: [
        connection({
          type: "amazon-s3",
          config: {
            bucket: "lake",
            region: "eu-central-1",
            kms_key_arn:
              "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          },
          ...withSecrets({ customer_encryption_key: "geheim" }),
        }),
      ],
      plan: ["invalid_configuration secrets.customer_encryption_key"],
    },
  ],

  secret_in_config: [
    {
      says: "at the field",
      declared: [connection({ config: { ...fields, password: "geheim" } })],
      plan: ["secret_in_config config.password"],
    },
    {
      says: "at the override",
      declared: linked({ overrides: { password: "geheim" } }),
      plan: ["secret_in_config overrides.password"],
    },
  ],

  plain_field_in_secrets: [
    {
      says: "at the secret",
      declared: [connection(withSecrets({ schema: "PROD" }))],
      plan: ["plain_field_in_secrets secrets.schema"],
    },
    {
      says: "at the secret, in the argument that it is written in",
      declared: [
        connection({
          secrets: {
            value: new Secret<Value>({ schema: "PROD" }),
            argument: "secrets_wo",
            version: undefined,
          },
        }),
      ],
      plan: ["plain_field_in_secrets secrets_wo.schema"],
    },
    {
      says: "at the overridden secret",
      declared: linked(withOverrideSecrets({ schema: "PROD" })),
      plan: ["plain_field_in_secrets override_secrets.schema"],
    },
  ],

  literal_secret: {
    because:
      "Only a program can tell a secret written out in its code from one that is looked up: constructs refuse it before there is a declaration.",
    testedIn: "src/constructs/connection.test.ts",
  },

  doubtful_secret: [
    {
      says: "at each secret that is sent",
      declared: linked(withOverrideSecrets({ password: "TODO" })).map((one) =>
        one.kind === "connection"
          ? connection(withSecrets({ password: "geheim\n" }))
          : one,
      ),
      plan: [
        "warning doubtful_secret override_secrets.password",
        "warning doubtful_secret secrets.password",
      ],
      carriedOut: [],
    },
  ],

  invalid_name: [
    {
      says: "of a connection",
      declared: [connection({ name: "a " })],
      plan: ["invalid_name name"],
    },
    {
      says: "of what a connection is used in",
      declared: [
        connection(),
        { ...attachment, workspace: "a " },
        link({ deployment: "" }),
      ],
      plan: ["invalid_name deployment", "invalid_name workspace"],
    },
    {
      says: "of a workspace and of a deployment, and where that runs",
      declared: [workspace("a "), deployment("", "a ")],
      plan: [
        "invalid_name name",
        "invalid_name name",
        "invalid_name workspace",
      ],
    },
  ],

  invalid_owner: [
    {
      says: "of each kind that has one",
      declared: [
        workspace("science", "nobody"),
        deployment("staging", "analytics", "nobody"),
        connection({ owner: "nobody" }),
      ],
      plan: [
        "invalid_owner owner",
        "invalid_owner owner",
        "invalid_owner owner",
      ],
    },
    {
      says: "of the connection that something belongs to",
      declared: [attachmentTo("nobody/x/warehouse")],
      plan: ["invalid_owner connection_id"],
    },
  ],

  invalid_id: [
    {
      says: "of the connection that something belongs to",
      declared: [attachmentTo("warehouse"), link({ connection: "warehouse" })],
      plan: ["invalid_id connection_id", "invalid_id connection_id"],
    },
  ],

  duplicate_name: [
    {
      says: "of connections, at the second",
      declared: [connection(), connection({ type: "mysql" })],
      plan: ["duplicate_name name"],
    },
    {
      says: "of attachments",
      declared: [connection(), attachment, attachment],
      plan: ["duplicate_name workspace"],
    },
    {
      says: "of links",
      declared: [...linked(), link({ overrides: { port: 6432 } })],
      plan: ["duplicate_name deployment"],
    },
    {
      says: "of workspaces and of deployments",
      declared: [
        workspace("science"),
        workspace("science"),
        deployment("staging", "analytics"),
        deployment("staging", "science"),
      ],
      plan: ["duplicate_name name", "duplicate_name name"],
    },
  ],

  inexact_number: {
    because:
      "Terraform's numbers are decoded by the provider, which says what it cannot hold exactly.",
    testedIn: "src/provider/state/values.test.ts",
  },

  conflicting_arguments: [
    {
      says: "at auto_link_except without auto_link",
      declared: [connection({ autoLinkExcept: ["prod"] })],
      plan: ["warning conflicting_arguments auto_link_except"],
      carriedOut: [],
    },
    {
      says: "at auto_link_except with auto_link = false",
      declared: [connection({ autoLink: false, autoLinkExcept: ["prod"] })],
      plan: ["warning conflicting_arguments auto_link_except"],
      carriedOut: [],
    },
  ],

  missing_argument: [
    {
      says: "at the owner of each kind that has one, where the door says none either",
      declared: [
        { ...workspace("science"), ...ownerless } as Declared,
        { ...deployment("staging", "analytics"), ...ownerless } as Declared,
        connection(ownerless),
      ],
      plan: [
        "missing_argument owner",
        "missing_argument owner",
        "missing_argument owner",
      ],
    },
  ],

  unsupported: [
    {
      says: "at the owner and the type",
      capabilities: { owners: ["user"], types: ["mysql"] },
      declared: [connection()],
      plan: ["unsupported owner", "unsupported type"],
    },
    {
      says: "at another platform's native type",
      declared: [connection({ type: "astro:ftp", config: {} })],
      plan: ["unsupported type"],
    },
    {
      says: "at each argument that the platform has nothing for",
      capabilities: without(
        "description",
        "auto_link",
        "access",
        "folders",
        "verify",
      ),
      declared: [
        connection({
          description: "Ours.",
          autoLink: true,
          autoLinkExcept: ["prod"],
          access: { view: ["tenant"], use: undefined, edit: undefined },
          parent: "Production",
          verify: "on_change",
        }),
      ],
      plan: [
        "unsupported access",
        "unsupported auto_link",
        "unsupported auto_link_except",
        "unsupported description",
        "unsupported parent",
        "unsupported verify",
      ],
    },
    {
      says: "of links as a whole",
      capabilities: without("links"),
      declared: linked({ overrides: null }),
      plan: ["unsupported"],
    },
    {
      says: "at overrides and at overridden secrets",
      capabilities: without("overrides", "override_secrets"),
      declared: linked({
        overrides: { port: 6432 },
        ...withOverrideSecrets({ password: "geheim" }),
      }),
      plan: ["unsupported override_secrets", "unsupported overrides"],
    },
    {
      says: "of attachments as a whole",
      capabilities: without("attachments"),
      declared: [connection(), attachment],
      plan: ["unsupported"],
    },
    {
      says: "of workspaces and deployments as a whole",
      capabilities: without("manage_inventory"),
      declared: [workspace("science"), deployment("staging", "science")],
      plan: ["unsupported", "unsupported"],
    },
    {
      says: "at what the platform itself cannot hold of a connection",
      platform: (memory) => ({
        ...memory,
        connections: {
          ...memory.connections,
          check: ({ secrets }) =>
            ["config", "secrets"].flatMap((argument) =>
              argument === "secrets" && secrets === undefined
                ? []
                : [
                    errorDiagnostic({
                      code: "unsupported",
                      path: [argument, "port"],
                      detail: "Leave it out.",
                    }),
                  ],
            ),
        },
      }),
      declared: [connection()],
      plan: ["unsupported config.port", "unsupported secrets_wo.port"],
    },
    {
      says: "at what no deployment of the platform can see differently",
      platform: (memory) => ({
        ...memory,
        links: {
          ...memory.links!,
          check: ({ overrides }) =>
            Object.keys(overrides).map((field) =>
              errorDiagnostic({
                code: "unsupported",
                path: ["overrides", field],
                detail: "Leave it out.",
              }),
            ),
        },
      }),
      declared: linked({ overrides: { port: 6432 } }),
      plan: ["unsupported overrides.port"],
    },
  ],

  mixed_frameworks: { ...theConstructs, testedIn: "test/frameworks.test.ts" },

  not_known_yet: {
    because:
      "Only Terraform plans while the settings of the platform are still to come.",
    testedIn: "src/provider/server/deferral.test.ts",
  },

  client_too_old: {
    because:
      "It is about the Terraform that asks for a validation: write-only arguments are its own.",
    testedIn: "src/provider/server/secrets-life-cycle.test.ts",
  },

  secrets_kept: {
    because:
      "It is about the Terraform state, which alone holds secrets as they were given.",
    testedIn: "src/provider/server/secrets-life-cycle.test.ts",
  },

  secrets_sent_along: [
    {
      says: "where their version is unchanged, and they go to another host",
      before: [connection(pinned("one"))],
      declared: [
        connection({
          ...pinned("two"),
          config: { ...fields, host: "elsewhere" },
        }),
      ],
      plan: ["warning secrets_sent_along secrets_wo"],
      carriedOut: [],
    },
    {
      says: "nowhere where the version is another one",
      before: [connection(pinned("one"))],
      declared: [
        connection({
          ...pinned("two", "2"),
          config: { ...fields, host: "elsewhere" },
        }),
      ],
      carriedOut: [],
    },
  ],

  destination_changed: [
    {
      says: "of a connection whose stored secret goes to another host",
      before: [connection(withPassword)],
      declared: [connection({ config: { ...fields, host: "elsewhere" } })],
      plan: ["warning destination_changed secrets_wo"],
      carriedOut: [],
    },
    {
      says: "nowhere where the secret is at hand, and sent along",
      before: [connection(withPassword)],
      declared: [
        connection({
          ...withPassword,
          config: { ...fields, host: "elsewhere" },
        }),
      ],
      carriedOut: [],
    },
    {
      says: "nowhere where nothing but the login changes",
      before: [connection(withPassword)],
      declared: [connection({ config: { ...fields, login: "other" } })],
      carriedOut: [],
    },
  ],

  not_found: [
    {
      says: "of a connection that somebody else has removed since the plan",
      before: [connection()],
      declared: [connection({ description: "Ours." })],
      meanwhile: (memory) => memory.connections.delete(key),
      carriedOut: ["not_found"],
    },
    {
      says: "of a workspace that there is not",
      declared: [connection(), { ...attachment, workspace: "nowhere" }],
      carriedOut: ["not_found"],
    },
    {
      says: "of a deployment that there is not",
      declared: [connection(), link({ deployment: "nowhere" })],
      carriedOut: ["not_found"],
    },
    {
      says: "of a connection that was never there",
      declared: [link()],
      carriedOut: ["not_found"],
    },
    {
      says: "of a link that somebody else has removed since the plan",
      before: linked(),
      declared: linked({ overrides: { port: 6432 } }),
      meanwhile: (memory) =>
        memory.links!.delete({ connection: key, deployment: "prod" }),
      carriedOut: ["not_found"],
    },
    {
      says: "of the workspace of a deployment",
      declared: [deployment("staging", "nowhere")],
      carriedOut: ["not_found"],
    },
  ],

  already_exists: [
    {
      says: "of a connection that somebody else has made otherwise since the plan",
      declared: [connection({ description: "Ours." })],
      meanwhile: (memory) => memory.connections.create(changed),
      carriedOut: ["already_exists"],
    },
    {
      says: "of a link that somebody else has made otherwise since the plan",
      before: [connection(), attachment],
      declared: linked(),
      meanwhile: (memory) =>
        memory.links!.create({
          connection: key,
          deployment: "prod",
          overrides: { port: 6432 },
        }),
      carriedOut: ["already_exists"],
    },
    {
      says: "of a deployment that somebody else has made elsewhere since the plan",
      before: [workspace("science")],
      declared: [workspace("science"), deployment("staging", "science")],
      meanwhile: (memory) =>
        memory.inventoryManagement!.createDeployment({
          owner: acme,
          name: "staging",
          workspace: "analytics",
        }),
      carriedOut: ["already_exists"],
    },
  ],

  several_exist: {
    because:
      "How many are imported at once is Terraform's matter: whose an object is that a set does not know of is the door's.",
    testedIn: "src/provider/server/existing-objects.test.ts",
  },
  taken_over: {
    because:
      "The core by itself sees everything that is there before it plans, and so creates nothing that exists.",
    testedIn: "src/provider/server/existing-objects.test.ts",
  },
  circular_names: {
    because:
      "Only a state remembers that an object had another name: without one, it goes and another comes.",
    testedIn: "src/provider/server/existing-objects.test.ts",
  },

  attachment_missing: [
    {
      says: "at the deployment of a link whose connection is not attached",
      declared: [connection(), link()],
      carriedOut: ["attachment_missing deployment"],
    },
    {
      says: "where somebody else has taken the attachment away since the plan",
      before: [connection(), attachment],
      declared: linked(),
      meanwhile: (memory) => memory.attachments!.delete(inAnalytics),
      carriedOut: ["attachment_missing deployment"],
    },
  ],

  in_use: [
    {
      says: "of a connection that somebody else has attached",
      before: [connection()],
      declared: [],
      meanwhile: (memory) => memory.attachments!.create(inAnalytics),
      carriedOut: ["in_use"],
    },
    {
      says: "of an attachment that somebody else's link needs",
      before: [connection(), attachment],
      declared: [connection()],
      meanwhile: (memory) =>
        memory.links!.create({
          connection: key,
          deployment: "prod",
          overrides: {},
        }),
      carriedOut: ["in_use"],
    },
    {
      says: "of a workspace that somebody else's deployment runs in",
      before: [workspace("science")],
      declared: [],
      meanwhile: (memory) =>
        memory.inventoryManagement!.createDeployment({
          owner: acme,
          name: "staging",
          workspace: "science",
        }),
      carriedOut: ["in_use"],
    },
    {
      says: "of a connection that is replaced while others have it",
      before: [connection()],
      declared: [connection({ type: "mysql" })],
      meanwhile: (memory) => memory.attachments!.create(inAnalytics),
      carriedOut: ["in_use"],
    },
  ],

  deletion_protected: [
    {
      says: "where the type changes",
      before: [connection({ deletionProtection: true })],
      declared: [connection({ deletionProtection: true, type: "mysql" })],
      plan: ["deletion_protected deletion_protection"],
    },
    {
      says: "where a field changes that cannot be changed in place",
      capabilities: { immutableFields: { "*": ["host"] } },
      before: [connection({ deletionProtection: true })],
      declared: [
        connection({ deletionProtection: true, config: changed.config }),
      ],
      plan: [
        "deletion_protected deletion_protection",
        "warning replaces_connection config.host",
      ],
    },
  ],

  replaces_connection: [
    {
      says: "at each field that cannot be changed in place, and nothing stands against it",
      capabilities: { immutableFields: { postgresql: ["host", "port"] } },
      before: [connection()],
      declared: [
        connection({ config: { ...fields, host: "elsewhere", port: 6432 } }),
      ],
      plan: [
        "warning replaces_connection config.host",
        "warning replaces_connection config.port",
      ],
      carriedOut: [],
    },
    {
      says: "at a field that cannot be taken back",
      capabilities: { irremovableFields: { "*": ["schema"] } },
      before: [connection({ config: { ...fields, schema: "PROD" } })],
      declared: [connection()],
      plan: ["warning replaces_connection config.schema"],
      carriedOut: [],
    },
    {
      says: "and not where the type changes as well",
      capabilities: { immutableFields: { "*": ["host"] } },
      before: [connection()],
      declared: [connection({ type: "mysql", config: changed.config })],
      plan: [],
      carriedOut: [],
    },
  ],

  conflict: [
    {
      says: "of a connection that somebody else has changed since the plan",
      before: [connection()],
      declared: [connection({ description: "Ours." })],
      meanwhile: changedByOthers,
      carriedOut: ["conflict"],
    },
    {
      says: "of a removal of what somebody else has changed since the plan",
      before: [connection()],
      declared: [],
      meanwhile: changedByOthers,
      carriedOut: ["conflict"],
    },
    {
      says: "of a link that somebody else has changed since the plan",
      before: linked(),
      declared: linked({ overrides: { port: 6432 } }),
      meanwhile: (memory) =>
        memory.links!.update({
          connection: key,
          deployment: "prod",
          overrides: { schema: "THEIRS" },
        }),
      carriedOut: ["conflict"],
    },
  ],

  parent_changed: [
    {
      says: "of a changed link whose connection is managed elsewhere",
      there: made,
      before: [attachment, link()],
      declared: [attachment, link({ overrides: { port: 6432 } })],
      meanwhile: changedByOthers,
      carriedOut: ["parent_changed connection_id"],
    },
    {
      says: "of a changed link whose connection is declared and left as it is",
      before: linked(),
      declared: linked({ overrides: { port: 6432 } }),
      meanwhile: changedByOthers,
      carriedOut: ["parent_changed connection_id"],
    },
    {
      says: "of a link whose secrets alone have changed",
      there: made,
      before: [attachment, link()],
      declared: [attachment, link(withOverrideSecrets({ password: "geheim" }))],
      meanwhile: changedByOthers,
      carriedOut: ["parent_changed connection_id"],
    },
    {
      says: "and not where the link overrides what has changed",
      there: made,
      declared: [attachment, link({ overrides: { host: "prod.example.com" } })],
      meanwhile: changedByOthers,
      carriedOut: [],
    },
    {
      says: "and not where the change was there before the plan",
      there: made,
      before: [attachment, link()],
      declared: [attachment, link()],
      carriedOut: [],
    },
  ],

  outcome_unknown: [
    ...ofEveryWrite("outcome_unknown"),
    {
      says: "together with why it could not be found out",
      declared: [connection()],
      meanwhile: (memory) => {
        memory.failNext({
          method: "connections.create",
          code: "outcome_unknown",
        });
        // Twice: a plan that is made again asks first, and goes on without an answer.
        memory.failNext({
          method: "connections.tryFind",
          code: "unreachable",
          times: 2,
        });
      },
      carriedOut: ["outcome_unknown", "unreachable"],
    },
    {
      says: "and not where the platform tells that it has happened",
      declared: [connection()],
      meanwhile: (memory) =>
        memory.outcomeUnknownAfterEffect("connections.create"),
      carriedOut: [],
    },
  ],

  secret_would_be_lost: {
    because:
      "Only a platform that replaces whole objects and hides parts of them loses any; it tells while planning and at apply by the same rule.",
    testedIn: "src/platforms/astro/behaviour.test.ts",
  },
  verification_failed: [
    {
      says: "of a connection to be made",
      declared: [connection({ verify: "on_change" })],
      meanwhile: (memory) =>
        memory.answerVerification({ ok: false, message: "no route" }),
      carriedOut: ["verification_failed"],
    },
    {
      says: "of a connection to be changed",
      before: [connection({ verify: "on_change" })],
      declared: [connection({ verify: "on_change", description: "Ours." })],
      meanwhile: (memory) => memory.answerVerification({ ok: false }),
      carriedOut: ["verification_failed"],
    },
  ],

  missing_credential: {
    because:
      "A door opens the platform before it plans, and this is told there.",
    testedIn: "src/platforms/hub/definition.test.ts",
  },
  unauthorized: ofEveryWrite("unauthorized"),
  forbidden: ofEveryWrite("forbidden"),
  unreachable: ofEveryWrite("unreachable"),
  tls_failure: ofEveryWrite("tls_failure"),
  rate_limited: ofEveryWrite("rate_limited"),
  platform_failure: ofEveryWrite("platform_failure"),
  invalid_answer: ofEveryWrite("invalid_answer"),
  insecure_endpoint: {
    because:
      "A door opens the platform before it plans, and this is told there.",
    testedIn: "src/http/endpoint.test.ts",
  },
  cancelled: ofEveryWrite("cancelled"),

  hub_not_writable: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  hub_locked: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  hub_too_new: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  hub_corrupted: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  hub_key_missing: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  hub_key_wrong: { ...theHub, testedIn: "src/hub/embedded-hub.test.ts" },
  // Only the provider remembers objects of a hub that is not there; the other doors are told by the command line.
  hub_not_initialised: {
    ...theHub,
    testedIn: "test/acceptance/platforms/hub-files.test.ts",
  },

  invalid_usage: {
    ...theCommandLine,
    testedIn: "src/cli/run-command-line.test.ts",
  },
  file_not_writable: { ...theCommandLine, testedIn: "src/cli/import.test.ts" },
  file_not_readable: {
    ...theCommandLine,
    testedIn: "src/cli/provider-install.test.ts",
  },

  move_refused: {
    because:
      "Only Terraform moves objects from one provider's resources to another's.",
    testedIn: "src/provider/server/data-sources.test.ts",
  },
  import_failed: {
    because:
      "It is told where existing connections are written down as code, which declares nothing.",
    testedIn: "src/cli/import/imported-code.test.ts",
  },

  internal_error: [
    {
      says: "where there is a bug",
      platform: (memory) => ({
        ...memory,
        connections: {
          ...memory.connections,
          create: () => Promise.reject(new TypeError("geheim")),
        },
      }),
      declared: [connection()],
      carriedOut: ["internal_error"],
    },
  ],
};

const codes = Object.keys(diagnosticSummaries) as readonly DiagnosticCode[];
const isOneDoor = (
  entry: readonly Case[] | OneDoor | undefined,
): entry is OneDoor => entry !== undefined && "because" in entry;
const cases = codes.flatMap((code) => {
  const entry = table[code];
  return isOneDoor(entry)
    ? []
    : entry.map((one) => [code, one.says, one] as const);
});
const ofOneDoor = codes.flatMap((code) => {
  const entry = table[code];
  return isOneDoor(entry) ? [[code, entry] as const] : [];
});

describe.each([
  ["the provider's RPCs", throughTheProvider],
  ["the core by itself", throughTheCore],
])("through %s", (_side, tell) => {
  test.each(cases)("%s is told %s", async (_code, _says, story) => {
    const { plan = [], carriedOut } = story;
    const told = await tell(story);
    expect(told).toEqual({ plan, carriedOut, writesOfPlan: [] });
  });
});

test.each(ofOneDoor)(
  "%s belongs to one door, and is tested there",
  (code, { testedIn }) => {
    const text = readFileSync(join(__dirname, "..", testedIn), "utf8");
    expect(text).toMatch(new RegExp(`\\b${code}\\b`));
  },
);

test("a code is in what its own stories tell", () => {
  for (const code of codes) {
    const entry = table[code];
    if (isOneDoor(entry)) continue;
    const told = entry.flatMap(({ plan = [], carriedOut = [] }) => [
      ...plan,
      ...carriedOut,
    ]);
    expect(told.join(" ").split(" ")).toContain(code);
  }
});

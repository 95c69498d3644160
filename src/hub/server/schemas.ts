import { connectionStatuses } from "../../model";

/** The part of JSON Schema that the bodies need. */
export interface BodySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly properties?: Readonly<Record<string, BodySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: BodySchema;
}

const text: BodySchema = { type: "string" };
const whole: BodySchema = { type: "integer" };
const flag: BodySchema = { type: "boolean" };
const fields: BodySchema = { type: "object" };
const names: BodySchema = { type: "array", items: text };
const optionalText: BodySchema = { type: ["string", "null"] };
const optionalFields: BodySchema = { type: ["object", "null"] };

const access = objectOfSchemas({}, { view: names, use: names, edit: names });
const through = (...ways: readonly string[]): BodySchema => ({
  type: "string",
  enum: ways,
});

const overrides = {
  overrides: {
    ...optionalFields,
    description: "A JSON Merge Patch over the connection's config.",
  },
  override_secrets: {
    ...optionalFields,
    description:
      "A JSON Merge Patch over the connection's secrets. Absent: as they are.",
  },
};

/** The bodies by the names that they have in the OpenAPI document. Unknown fields are refused. */
export const schemas = {
  Account: objectOfSchemas({
    id: text,
    kind: through("organization", "user"),
    name: text,
    platform_id: text,
  }),
  WorkspaceInput: objectOfSchemas({ name: text }),
  Workspace: objectOfSchemas({ name: text, owner: text, platform_id: text }),
  DeploymentInput: objectOfSchemas({ name: text, workspace: text }),
  Deployment: objectOfSchemas({
    name: text,
    owner: text,
    workspace: text,
    platform_id: text,
  }),
  ConnectionInput: objectOfSchemas(
    { name: text, type: text, config: fields },
    {
      description: optionalText,
      secrets: {
        ...optionalFields,
        description:
          "All secret fields. Absent: as they are; an empty object removes them.",
      },
      auto_link: { type: ["boolean", "null"] },
      auto_link_except: { type: ["array", "null"], items: text },
      access: { ...access, type: ["object", "null"] },
    },
  ),
  Connection: objectOfSchemas(
    {
      id: text,
      owner: text,
      name: text,
      platform_id: text,
      type: text,
      config: fields,
      secret_fields: names,
      secrets_version: whole,
      auto_link: flag,
      auto_link_except: names,
      status: { type: "string", enum: connectionStatuses },
      concurrency_token: {
        ...text,
        description: "The ETag without its quotes.",
      },
    },
    { description: text, access, status_message: text },
  ),
  Status: objectOfSchemas(
    { status: { type: "string", enum: connectionStatuses } },
    { message: optionalText },
  ),
  Usage: objectOfSchemas({
    workspaces: listOf(
      objectOfSchemas({
        workspace: text,
        through: through("owner", "attachment"),
      }),
    ),
    deployments: listOf(
      objectOfSchemas({
        deployment: text,
        workspace: text,
        through: through("owner", "link", "auto_link"),
      }),
    ),
  }),
  AttachmentInput: objectOfSchemas({ connection: text, workspace: text }),
  Attachment: objectOfSchemas({
    id: text,
    connection: text,
    workspace: text,
    platform_id: text,
  }),
  OverridesInput: objectOfSchemas({}, overrides),
  LinkInput: objectOfSchemas({ connection: text, deployment: text }, overrides),
  Link: objectOfSchemas({
    id: text,
    connection: text,
    deployment: text,
    platform_id: text,
    overrides: fields,
    override_secret_fields: names,
    override_secrets_version: whole,
    concurrency_token: { ...text, description: "The ETag without its quotes." },
  }),
  EffectiveConnection: objectOfSchemas(
    {
      connection: text,
      type: text,
      config: fields,
      secret_fields: names,
      overridden_fields: names,
      through: through("owner", "link", "auto_link"),
    },
    {
      description: text,
      secrets: {
        ...fields,
        description: "Only for the deployment's own token.",
      },
    },
  ),
  TokenInput: objectOfSchemas(
    { scope: tokenScope() },
    { description: optionalText },
  ),
  Token: objectOfSchemas(
    { platform_id: text, scope: tokenScope() },
    {
      description: text,
      token: { ...text, description: "Only in the answer to its creation." },
    },
  ),
  MergePatch: {
    ...fields,
    description: "A JSON Merge Patch (RFC 7396); null removes a field.",
  },
  Problem: objectOfSchemas({
    type: text,
    title: text,
    status: whole,
    detail: text,
    code: text,
    diagnostics: listOf(
      objectOfSchemas({
        code: text,
        path: { type: "array", items: { type: ["string", "integer"] } },
        detail: text,
      }),
    ),
  }),
} satisfies Readonly<Record<string, BodySchema>>;

export type SchemaName = keyof typeof schemas;

function tokenScope(): BodySchema {
  return objectOfSchemas(
    { kind: through("admin", "account", "deployment", "read_only") },
    { account: optionalText, deployment: optionalText },
  );
}

function listOf(items: BodySchema): BodySchema {
  return { type: "array", items };
}

function objectOfSchemas(
  required: Readonly<Record<string, BodySchema>>,
  optional: Readonly<Record<string, BodySchema>> = {},
): BodySchema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

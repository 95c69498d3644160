import {
  type CtyType,
  objectOf,
  type Schema,
  type SchemaAttribute,
} from "../wire";
import { attribute, BOOL, DYNAMIC, listOf, setOf, STRING } from "./attribute";

/** The data sources: architecture.md, section 5. */

const computed = (name: string, type: CtyType, description: string) =>
  attribute(name, type, { kind: "computed", description });
const optional = (name: string, description: string) =>
  attribute(name, STRING, { kind: "optional", description });
const required = (name: string, description: string) =>
  attribute(name, STRING, { kind: "required", description });

const owner = optional("owner", "Defaults to the provider's organization.");

function schema(
  description: string,
  attributes: readonly SchemaAttribute[],
): Schema {
  return {
    version: 0,
    block: { description, descriptionKind: "markdown", attributes },
  };
}

const accessType = objectOf({
  view: setOf(STRING),
  use: setOf(STRING),
  edit: setOf(STRING),
});

export const connectionDataSchema = schema(
  "One connection, by `id` or by `name` (and `owner`).",
  [
    attribute("id", STRING, {
      kind: "optional_computed",
      description: "Natural key: `organization/acme/warehouse`.",
    }),
    attribute("name", STRING, {
      kind: "optional_computed",
      description: "Name; looked up under `owner`.",
    }),
    attribute("owner", STRING, {
      kind: "optional_computed",
      description: "Defaults to the provider's organization.",
    }),
    computed("type", STRING, "Connection type."),
    computed("description", STRING, "What it is for."),
    computed("config", DYNAMIC, "Plain fields."),
    computed(
      "auto_link",
      BOOL,
      "Whether it is linked to every deployment of its workspaces.",
    ),
    computed(
      "auto_link_except",
      setOf(STRING),
      "Deployments that auto-link leaves out.",
    ),
    computed("access", accessType, "Who may do what with it."),
    computed("parent", STRING, "Folder that holds it; `/` is the top level."),
    computed("platform_id", STRING, "The platform's own id."),
    computed(
      "status",
      STRING,
      "`ok`, `error`, `disabled`, `pending` or `unknown`.",
    ),
    computed(
      "status_message",
      STRING,
      "What the platform says about the status.",
    ),
    computed("connection_string", STRING, "How to reach it, without secrets."),
    computed(
      "secret_fields",
      listOf(STRING),
      "Names of the secrets that are set.",
    ),
  ],
);

export const connectionSummaryType = objectOf({
  id: STRING,
  name: STRING,
  type: STRING,
  owner: STRING,
  status: STRING,
  connection_string: STRING,
});

export const connectionsDataSchema = schema(
  "All connections of an owner, sorted by type, then name.",
  [
    owner,
    optional("type", "Only connections of this type."),
    computed("connections", listOf(connectionSummaryType), "The connections."),
  ],
);

export const workspaceUsageType = objectOf({
  workspace: STRING,
  through: STRING,
});
export const deploymentUsageType = objectOf({
  deployment: STRING,
  workspace: STRING,
  through: STRING,
});

export const connectionUsageDataSchema = schema(
  "Where a connection is used, and how each place got it.",
  [
    required("connection_id", "The connection's `id`."),
    computed(
      "workspaces",
      listOf(workspaceUsageType),
      "Workspaces; `through` is `owner` or `attachment`.",
    ),
    computed(
      "deployments",
      listOf(deploymentUsageType),
      "Deployments; `through` is `owner`, `link` or `auto_link`.",
    ),
  ],
);

export const connectionTypeType = objectOf({
  name: STRING,
  title: STRING,
  description: STRING,
  config_fields: listOf(STRING),
  secret_fields: listOf(STRING),
});

export const connectionTypesDataSchema = schema(
  "The connection types that this platform can hold.",
  [computed("types", listOf(connectionTypeType), "The types, sorted by name.")],
);

export const effectiveConnectionDataSchema = schema(
  "What one deployment sees of a connection, without secrets.",
  [
    required("connection_id", "The connection's `id`."),
    required("deployment", "Name of the deployment."),
    computed(
      "effective",
      DYNAMIC,
      "The connection's fields with the deployment's overrides merged in.",
    ),
    computed(
      "secret_fields",
      listOf(STRING),
      "Names of the secrets that the deployment sees.",
    ),
  ],
);

export const workspaceDataSchema = schema("One workspace, by name.", [
  required("name", "Name of the workspace."),
  owner,
  computed("id", STRING, "Natural key."),
  computed("platform_id", STRING, "The platform's own id."),
]);

export const workspaceSummaryType = objectOf({
  id: STRING,
  name: STRING,
  platform_id: STRING,
});

export const workspacesDataSchema = schema(
  "All workspaces of an owner, sorted by name.",
  [
    owner,
    computed("workspaces", listOf(workspaceSummaryType), "The workspaces."),
  ],
);

export const deploymentDataSchema = schema("One deployment, by name.", [
  required("name", "Name of the deployment."),
  owner,
  computed("id", STRING, "Natural key."),
  computed("workspace", STRING, "The workspace that it runs in."),
  computed("platform_id", STRING, "The platform's own id."),
]);

export const deploymentSummaryType = objectOf({
  id: STRING,
  name: STRING,
  workspace: STRING,
  platform_id: STRING,
});

export const deploymentsDataSchema = schema(
  "All deployments of an owner, sorted by name.",
  [
    owner,
    optional("workspace", "Only deployments of this workspace."),
    computed("deployments", listOf(deploymentSummaryType), "The deployments."),
  ],
);

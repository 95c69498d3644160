import {
  type Checked,
  fieldOf,
  formatAttachmentKey,
  formatConnectionKey,
  formatOwner,
  invalid,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
  type Owner,
  type StateMove,
  valid,
} from "../../model";
import { errorDiagnostic } from "../../diagnostics";
import { soundingSecrets } from "../../catalog";
import { withoutPath } from "./masked";
import { shortPlugin, shownAs } from "./types";

const sourceProvider = "turbot/pipes";

/** The resources of Turbot's own provider, whose state becomes ours without a call. */
export const pipesMoves: readonly StateMove[] = [
  connectionMove("pipes_connection", organizationOf),
  connectionMove("pipes_organization_connection", organizationOf),
  connectionMove("pipes_tenant_connection", () => ({ kind: "tenant" })),
  connectionMove("pipes_workspace_connection", (source) => {
    const name = textOf(source, "workspace");
    // Without an organization it is a workspace of a user, which Patchbay does not manage.
    const ofUser = textOf(source, "organization") === undefined;
    return name === undefined || ofUser
      ? undefined
      : { kind: "workspace", name };
  }),
  {
    sourceProvider,
    sourceType: "pipes_workspace_schema",
    targetType: "patchbay_workspace_attachment",
    convert: convertSchema,
  },
];

function connectionMove(
  sourceType: string,
  ownerOf: (source: JsonObject) => Owner | undefined,
): StateMove {
  return {
    sourceProvider,
    sourceType,
    targetType: "patchbay_connection",
    convert: (source) => {
      const owner = ownerOf(source);
      const name = textOf(source, "handle");
      const plugin = textOf(source, "plugin");
      if (owner === undefined || name === undefined || plugin === undefined)
        return incomplete(sourceType);
      const { type, config: shown } = shownAs(
        {
          plugin: shortPlugin(plugin),
          config: configOf(source) ?? objectOf<JsonValue>([]),
        },
        undefined,
      );
      const config = soundingSecrets(type, shown).reduce(withoutPath, shown);
      return valid(
        objectOf<JsonValue>([
          ["id", formatConnectionKey({ owner, name })],
          ["owner", formatOwner(owner)],
          ["name", name],
          ["type", type],
          ...(Object.keys(config).length === 0
            ? []
            : [["config", config] as const]),
          ["platform_id", textOf(source, "connection_id") ?? null],
        ]),
      );
    },
  };
}

/** Of attached connections only those of an organization: what else may stand behind a schema's name, its state does not tell. */
function convertSchema(source: JsonObject): Checked<JsonObject> {
  const name = textOf(source, "connection_handle");
  const workspace = textOf(source, "workspace");
  const organization = textOf(source, "organization");
  if (name === undefined) {
    return refused(
      "It attaches a folder or an aggregator. A patchbay_workspace_attachment holds connections only. Leave it where it is, or declare an attachment for each connection.",
    );
  }
  if (organization === undefined) {
    return refused(
      "It belongs to a workspace of a user, which Patchbay does not manage. Leave it where it is.",
    );
  }
  if (workspace === undefined) return incomplete("pipes_workspace_schema");
  const connection = {
    owner: { kind: "organization", name: organization } as const,
    name,
  };
  return valid(
    objectOf<JsonValue>([
      ["id", formatAttachmentKey({ connection, workspace })],
      ["connection_id", formatConnectionKey(connection)],
      ["workspace", workspace],
      ["platform_id", textOf(source, "workspace_schema_id") ?? null],
    ]),
  );
}

function organizationOf(source: JsonObject): Owner | undefined {
  const name = textOf(source, "organization");
  return name === undefined ? undefined : { kind: "organization", name };
}

/** It is kept as JSON text; a write-only configuration is not in the state. */
function configOf(source: JsonObject): JsonObject | undefined {
  const text = textOf(source, "config");
  if (text === undefined) return undefined;
  try {
    const config = JSON.parse(text) as JsonValue;
    return isObject(config) ? config : undefined;
  } catch {
    return undefined;
  }
}

function textOf(source: JsonObject, field: string): string | undefined {
  const value = fieldOf(source, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function incomplete(type: string): Checked<never> {
  return refused(
    `The state of this ${type} does not tell which object of an organization or a tenant it is. Refresh it with the provider that it comes from, then move it. What belongs to a user is not managed here.`,
  );
}

function refused(detail: string): Checked<never> {
  return invalid(errorDiagnostic({ code: "move_refused", detail }));
}

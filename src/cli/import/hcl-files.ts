import { relative, resolve } from "node:path";
import {
  formatFieldPath,
  PATCHBAY_VERSION,
  splitRemovals,
  type ValueObject,
} from "../../model";
import {
  indented,
  listText,
  type Member,
  memberLines,
  objectText,
  valueText,
} from "./code-layout";
import type { CodeFile } from "./code-file";
import type {
  DeclaredConnection,
  DeclaredLink,
  Declarations,
  PlaceReference,
} from "./declarations";
import { hcl, hclText } from "./hcl-text";
import { identifierOf, nameAll, Names } from "./names";

export interface HclOptions {
  /** Where Terraform will run: relative paths start there. */
  readonly directory: string;
  readonly workingDirectory: string;
  /** Undefined: the code stands by itself. Else it comes beside a configuration that has its provider. */
  readonly managed?: unknown;
}

/** The declarations in Terraform's language, as `terraform fmt` formats it. */
export function hclFiles(
  declarations: Declarations,
  options: HclOptions,
): readonly CodeFile[] {
  const writer = new HclWriter(declarations);
  return [
    {
      name: "versions.tf",
      blocks:
        options.managed === undefined
          ? versionBlocks(declarations, options)
          : [],
    },
    { name: "variables.tf", blocks: variableBlocks(declarations) },
    { name: "places.tf", blocks: writer.places() },
    { name: "connections.tf", blocks: writer.connections() },
    { name: "imports.tf", blocks: writer.imports() },
  ].flatMap(({ name, blocks }) =>
    blocks.length === 0 ? [] : [{ name, text: blocks.join("\n") }],
  );
}

function versionBlocks(
  { organization, platform, settings, variables }: Declarations,
  { directory, workingDirectory }: HclOptions,
): readonly string[] {
  const [major, minor] = PATCHBAY_VERSION.split(".");
  const provider = block("patchbay = {", [
    { field: "source", value: hclText("patchbay/patchbay") },
    { field: "version", value: hclText(`~> ${major}.${minor}`) },
  ]);
  const terraform = [
    // Write-only arguments, or import blocks.
    `required_version = "${variables.length > 0 ? ">= 1.11" : ">= 1.5"}"`,
    "",
    "required_providers {",
    ...indented(provider.trimEnd()),
    "}",
  ];
  const written = settings.map(({ name, value, isRelativePath }) => ({
    field: hcl.field(name),
    value: hclText(
      isRelativePath
        ? relative(directory, resolve(workingDirectory, value)) || "."
        : value,
    ),
  }));
  return [
    `terraform {\n${indented(terraform.join("\n")).join("\n")}\n}\n`,
    block('provider "patchbay" {', [
      ...(organization === undefined
        ? []
        : [{ field: "organization", value: hclText(organization) }]),
      { field: hcl.field(platform), value: objectText(written, hcl) },
    ]),
  ];
}

function variableBlocks({ variables }: Declarations): readonly string[] {
  return variables.map(({ name, of, field }) =>
    block(`variable "${name}" {`, [
      { field: "description", value: hclText(`${field} of ${of}`) },
      { field: "type", value: "string" },
      { field: "ephemeral", value: "true" },
      { field: "sensitive", value: "true" },
    ]),
  );
}

interface Imported {
  readonly address: string;
  readonly id: string;
}

class HclWriter {
  readonly #declarations: Declarations;
  readonly #workspaces: ReadonlyMap<string, string>;
  readonly #deployments: ReadonlyMap<string, string>;
  readonly #connections: ReadonlyMap<DeclaredConnection, string>;
  readonly #attachmentNames = new Names();
  readonly #linkNames = new Names();
  readonly #imported: Imported[] = [];

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
    this.#workspaces = addresses(declarations.workspaces, "workspace");
    this.#deployments = addresses(declarations.deployments, "deployment");
    this.#connections = nameAll(
      declarations.connections,
      ({ name }) => [identifierOf(name, "connection")],
      new Names(),
    );
  }

  places(): readonly string[] {
    const { workspaces, deployments } = this.#declarations;
    const blocks = [
      ...workspaces.map(({ name, owner, importId }) =>
        this.#resource(
          this.#workspaces.get(name)!,
          [text("name", name), ...optionalText("owner", owner)],
          importId,
        ),
      ),
      ...deployments.map(({ name, owner, workspace, importId }) =>
        this.#resource(
          this.#deployments.get(name)!,
          [
            text("name", name),
            {
              field: "workspace",
              value: nameOf(workspace, this.#workspaces),
            },
            ...optionalText("owner", owner),
          ],
          importId,
        ),
      ),
    ];
    return withHeading("Where connections are used.", blocks);
  }

  connections(): readonly string[] {
    return this.#declarations.connections.flatMap((connection) =>
      this.#connection(connection),
    );
  }

  /** Of everything that was written so far. */
  imports(): readonly string[] {
    const blocks = this.#imported.map(({ address, id }) =>
      block("import {", [
        { field: "to", value: address },
        { field: "id", value: hclText(id) },
      ]),
    );
    return withHeading("May go after the first apply.", blocks);
  }

  #connection(connection: DeclaredConnection): readonly string[] {
    const name = this.#connections.get(connection)!;
    const address = `patchbay_connection.${name}`;
    const attachments = new Map(
      connection.attachments.map((attachment) => [
        attachment.workspace.name,
        {
          attachment,
          address: `patchbay_workspace_attachment.${this.#attachmentNames.take(
            `${name}_${identifierOf(attachment.workspace.name, "workspace")}`,
          )}`,
        },
      ]),
    );
    const { config, secrets, autoLink, autoLinkExcept, access } = connection;
    const id = connection.isManaged ? hclText(connection.key) : `${address}.id`;
    const own = () =>
      this.#resource(
        address,
        [
          text("name", connection.name),
          text("type", connection.type),
          ...optionalText("owner", connection.owner),
          ...optionalText("parent", connection.parent),
          ...optionalText("description", connection.description),
          ...fields("config", config),
          ...fields("secrets_wo", secrets),
          ...(autoLink ? [{ field: "auto_link", value: "true" }] : []),
          ...(autoLinkExcept.length === 0
            ? []
            : [
                {
                  field: "auto_link_except",
                  value: listText(
                    autoLinkExcept.map((deployment) =>
                      nameOf(deployment, this.#deployments),
                    ),
                  ),
                },
              ]),
          ...fields("access", access),
        ],
        connection.importId,
      );
    return [
      ...(connection.isManaged ? [] : [own()]),
      ...[...attachments.values()].map(({ attachment, address: its }) =>
        this.#resource(
          its,
          [
            { field: "connection_id", value: id },
            {
              field: "workspace",
              value: nameOf(attachment.workspace, this.#workspaces),
            },
          ],
          attachment.importId,
        ),
      ),
      ...connection.links.map((link) =>
        this.#link(link, {
          name,
          id,
          needed: link.needs.map(
            (workspace) => attachments.get(workspace)!.address,
          ),
        }),
      ),
    ];
  }

  /** A link takes its connection from the attachment that it needs, so that Terraform removes it first. */
  #link(
    link: DeclaredLink,
    connection: {
      readonly name: string;
      /** As an expression. */
      readonly id: string;
      readonly needed: readonly string[];
    },
  ): string {
    const { name, id, needed } = connection;
    const [only] = needed;
    const { given, removed } = splitRemovals(link.overrides as ValueObject);
    const its = this.#linkNames.take(
      `${name}_${identifierOf(link.deployment.name, "deployment")}`,
    );
    return this.#resource(
      `patchbay_deployment_link.${its}`,
      [
        {
          field: "connection_id",
          value:
            only !== undefined && needed.length === 1
              ? `${only}.connection_id`
              : id,
        },
        {
          field: "deployment",
          value: nameOf(link.deployment, this.#deployments),
        },
        ...fields("overrides", given as DeclaredLink["overrides"]),
        ...(removed.length === 0
          ? []
          : [
              {
                field: "removed_fields",
                value: listText(
                  removed.map((path) => hclText(formatFieldPath(path))),
                ),
              },
            ]),
        ...fields("override_secrets_wo", link.overrideSecrets),
        ...(needed.length > 1
          ? [{ field: "depends_on", value: listText(needed) }]
          : []),
      ],
      link.importId,
    );
  }

  #resource(
    address: string,
    members: readonly Member[],
    importId: string,
  ): string {
    this.#imported.push({ address, id: importId });
    const [type, name] = address.split(".");
    return block(`resource "${type}" "${name}" {`, members);
  }
}

function addresses(
  places: readonly { readonly name: string }[],
  kind: "workspace" | "deployment",
): ReadonlyMap<string, string> {
  const named = nameAll(
    places,
    ({ name }) => [identifierOf(name, kind)],
    new Names(),
  );
  return new Map(
    [...named].map(([{ name }, identifier]) => [
      name,
      `patchbay_${kind}.${identifier}`,
    ]),
  );
}

function nameOf(
  { name, isDeclared }: PlaceReference,
  declared: ReadonlyMap<string, string>,
): string {
  return isDeclared ? `${declared.get(name)!}.name` : hclText(name);
}

function text(field: string, value: string): Member {
  return { field, value: hclText(value) };
}

function optionalText(
  field: string,
  value: string | undefined,
): readonly Member[] {
  return value === undefined ? [] : [text(field, value)];
}

/** Nothing where there is nothing: an empty object is not what the platform's state says. */
function fields(
  field: string,
  value: DeclaredConnection["secrets"],
): readonly Member[] {
  return value === undefined || Object.keys(value).length === 0
    ? []
    : [{ field, value: valueText(value, hcl) }];
}

function block(head: string, members: readonly Member[]): string {
  return `${head}\n${memberLines(members, hcl).join("\n")}\n}\n`;
}

function withHeading(
  heading: string,
  [first, ...others]: readonly string[],
): readonly string[] {
  return first === undefined ? [] : [`# ${heading}\n${first}`, ...others];
}

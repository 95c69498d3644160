import { PatchbayError } from "../../diagnostics";
import type { CodeFile } from "./code-file";
import {
  indented,
  listText,
  type Member,
  objectText,
  valueText,
} from "./code-layout";
import { type CodeObject, holdsText } from "./code-value";
import type {
  DeclaredConnection,
  DeclaredDeployment,
  DeclaredLink,
  Declarations,
  DeclaredWorkspace,
  PlaceReference,
} from "./declarations";
import { templateText } from "./hcl-text";
import { constructEntries, type Framework } from "./framework";
import { camelCaseOf, identifierOf, nameAll, Names } from "./names";
import {
  propNameOf,
  constructNameOf,
  propsOf,
  typedConstructFor,
} from "./typed-construct";
import { reservedNames, typescript, typescriptText } from "./typescript-text";

/** The platform of a PatchbayProvider that is told nothing. */
const DEFAULT_PLATFORM = "hub";

/** Ids of constructs that mean something else in a stack, or to the object that it keeps its children in. */
const reservedIds = [
  ...["Default", "Resource", "patchbay", "PatchbaySecrets"],
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** The declarations as a stack of constructs. Rejects with `import_failed` where a text cannot be said in one. */
export function constructFile(
  declarations: Declarations,
  framework: Framework,
): CodeFile {
  declarations.connections.forEach(requireNoTokens);
  return {
    name: "imported-stack.ts",
    text: new StackWriter(declarations, framework).text(),
  };
}

/** cdktf replaces its own markers wherever they stand, and does not know whose they are. */
function requireNoTokens(connection: DeclaredConnection): void {
  const isToken = (text: string) => text.includes("{TfToken[");
  const texts: readonly CodeObject[] = [
    {
      config: connection.config,
      access: connection.access ?? {},
      description: connection.description ?? "",
      parent: connection.parent ?? "",
    },
    ...connection.links.map(({ overrides }) => overrides),
  ];
  if (!texts.some((value) => holdsText(value, isToken))) return;
  throw new PatchbayError({
    code: "import_failed",
    detail: `${connection.key} holds the text "{TfToken[", which cdktf takes for a reference of its own. Import it with --as hcl.`,
  });
}

type Declared = DeclaredConnection | DeclaredWorkspace | DeclaredDeployment;

class StackWriter {
  readonly #declarations: Declarations;
  readonly #imports = new Set(["PatchbayProvider"]);
  readonly #constants: ReadonlyMap<Declared, string>;
  readonly #ids: ReadonlyMap<Declared, string>;

  constructor(
    declarations: Declarations,
    private readonly framework: Framework,
  ) {
    const { workspaces, deployments, connections } = declarations;
    const kinds = new Map<Declared, string>([
      ...workspaces.map((place) => [place, "workspace"] as const),
      ...deployments.map((place) => [place, "deployment"] as const),
      ...connections.map((connection) => [connection, "connection"] as const),
    ]);
    this.#declarations = declarations;
    if (declarations.variables.length > 0) this.#imports.add("Secret");
    this.#constants = nameAll(
      [...kinds.keys()],
      (item) => {
        const kind = kinds.get(item)!;
        const name = identifierOf(item.name, kind);
        return [camelCaseOf(name), camelCaseOf(`${name}_${kind}`)];
      },
      new Names(reservedNames),
    );
    this.#ids = nameAll(
      [...kinds.keys()],
      (item) => {
        const kind = kinds.get(item)!;
        const id = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(item.name)
          ? item.name
          : identifierOf(item.name, kind);
        return [id, `${id}-${kind}`];
      },
      new Names(reservedIds),
    );
  }

  text(): string {
    const { workspaces, deployments, connections } = this.#declarations;
    const body = [
      this.#provider(),
      ...workspaces.map((workspace) => this.#workspace(workspace)),
      ...deployments.map((deployment) => this.#deployment(deployment)),
      ...connections.map((connection) => this.#connection(connection)),
    ];
    return [
      importText([...this.#imports].sort(), constructEntries[this.framework]),
      `import { TerraformStack } from "${this.framework}";`,
      'import type { Construct } from "constructs";',
      "",
      "/** What was there, as patchbay import found it. The calls of importFrom may go after the first deployment. */",
      "export class ImportedStack extends TerraformStack {",
      "  constructor(scope: Construct, id: string) {",
      "    super(scope, id);",
      ...body.flatMap((statement) => [
        "",
        ...indented(indented(statement).join("\n")),
      ]),
      "  }",
      "}",
      "",
    ].join("\n");
  }

  /** Relative paths stay as they are: the app runs where this command ran. */
  #provider(): string {
    const { organization, platform, settings } = this.#declarations;
    const written = objectText(
      settings.map(({ name, value }) => ({
        field: typescript.field(propNameOf(name)),
        value: typescriptText(value),
      })),
      typescript,
    );
    const isDefault = platform === DEFAULT_PLATFORM && settings.length === 0;
    const props: readonly Member[] = [
      ...optionalText("organization", organization),
      ...(isDefault ? [] : [{ field: propNameOf(platform), value: written }]),
    ];
    return `new PatchbayProvider(this, "patchbay"${propsText(props)});`;
  }

  #workspace(workspace: DeclaredWorkspace): string {
    return this.#creation(workspace, {
      className: "Workspace",
      props: optionalText("owner", workspace.owner),
    });
  }

  #deployment(deployment: DeclaredDeployment): string {
    const workspace = this.#place(
      deployment.workspace,
      this.#declarations.workspaces,
    );
    return this.#creation(deployment, {
      className: "Deployment",
      props: [
        { field: "workspace", value: workspace },
        ...optionalText("owner", deployment.owner),
      ],
    });
  }

  #connection(connection: DeclaredConnection): string {
    const type = typedConstructFor(connection);
    const { secrets, config } = connection;
    const props: readonly Member[] = [
      ...(type === undefined
        ? [{ field: "type", value: typescriptText(connection.type) }]
        : []),
      ...optionalText("owner", connection.owner),
      ...optionalText("parent", connection.parent),
      ...optionalText("description", connection.description),
      ...(type === undefined
        ? [...field("config", config), ...field("secrets", secrets)]
        : members(propsOf(type.schema, config, secrets))),
      ...this.#autoLink(connection),
      ...field("access", connection.access),
    ];
    const constant = this.#constants.get(connection)!;
    const renamed = (fields: CodeObject | undefined) =>
      type === undefined || fields === undefined
        ? fields
        : propsOf(type.schema, fields);
    return [
      connection.isManaged
        ? this.#reference(connection)
        : this.#creation(connection, {
            className:
              type === undefined ? "Connection" : constructNameOf(type.name),
            props,
          }),
      ...connection.attachments.map(({ workspace, importId }) => {
        const place = this.#place(workspace, this.#declarations.workspaces);
        return `${constant}\n  .attachTo(${place})\n  .importFrom(${idText(importId)});`;
      }),
      ...connection.links.map((link) =>
        this.#link(constant, {
          ...link,
          overrides: renamed(link.overrides) ?? {},
          overrideSecrets: renamed(link.overrideSecrets),
        }),
      ),
    ].join("\n");
  }

  /** A connection that another stack declares. */
  #reference(connection: DeclaredConnection): string {
    this.#imports.add("Connection");
    const constant = this.#constants.get(connection)!;
    const id = this.#ids.get(connection)!;
    return `const ${constant} = Connection.fromKey(this, ${typescriptText(id)}, ${typescriptText(connection.key)});`;
  }

  #link(constant: string, link: DeclaredLink): string {
    const place = this.#place(link.deployment, this.#declarations.deployments);
    const options = [
      ...field("overrides", link.overrides),
      ...field("overrideSecrets", link.overrideSecrets),
    ];
    const call = `.linkTo(${place}${propsText(options)})`;
    return [
      constant,
      ...indented(`${call}\n.importFrom(${idText(link.importId)});`),
    ].join("\n");
  }

  #autoLink(connection: DeclaredConnection): readonly Member[] {
    const { autoLink, autoLinkExcept } = connection;
    const except = autoLinkExcept.map((deployment) =>
      this.#place(deployment, this.#declarations.deployments),
    );
    return [
      ...(autoLink ? [{ field: "autoLink", value: "true" }] : []),
      ...(except.length > 0
        ? [{ field: "autoLinkExcept", value: listText(except) }]
        : []),
    ];
  }

  /** The construct as a constant, and the import of what it stands for. */
  #creation(
    item: Declared,
    {
      className,
      props,
    }: { readonly className: string; readonly props: readonly Member[] },
  ): string {
    this.#imports.add(className);
    const constant = this.#constants.get(item)!;
    const id = this.#ids.get(item)!;
    const all = [
      ...(id === item.name ? [] : optionalText("name", item.name)),
      ...props,
    ];
    return [
      `const ${constant} = new ${className}(this, ${typescriptText(id)}${propsText(all)});`,
      `${constant}.importFrom(${idText(item.importId)});`,
    ].join("\n");
  }

  #place(
    { name, isDeclared }: PlaceReference,
    places: readonly (DeclaredWorkspace | DeclaredDeployment)[],
  ): string {
    const declared = isDeclared
      ? places.find((place) => place.name === name)
      : undefined;
    return declared === undefined
      ? typescriptText(name)
      : this.#constants.get(declared)!;
  }
}

/** On one line where it is short, as formatters write it. */
function importText(names: readonly string[], from: string): string {
  const line = `import { ${names.join(", ")} } from "${from}";`;
  if (line.length <= 80) return line;
  const lines = names.map((name) => `  ${name},`);
  return ["import {", ...lines, `} from "${from}";`].join("\n");
}

/** The id of an import block is a template, unlike the props of our constructs. */
function idText(id: string): string {
  return typescriptText(templateText(id));
}

function propsText(props: readonly Member[]): string {
  return props.length === 0 ? "" : `, ${objectText(props, typescript)}`;
}

function members(fields: CodeObject): readonly Member[] {
  return Object.entries(fields).map(([name, value]) => ({
    field: typescript.field(name),
    value: valueText(value, typescript),
  }));
}

function field(name: string, value: CodeObject | undefined): readonly Member[] {
  return value === undefined || Object.keys(value).length === 0
    ? []
    : [{ field: name, value: valueText(value, typescript) }];
}

function optionalText(
  name: string,
  value: string | undefined,
): readonly Member[] {
  return value === undefined
    ? []
    : [{ field: name, value: typescriptText(value) }];
}

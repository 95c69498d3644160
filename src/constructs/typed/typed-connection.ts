/**
 * Connections whose fields are props, one class per type of the catalogue. The
 * classes are generated (`npm run generate`); what they do is here, and follows
 * from the schemas at run time. No type is named by hand in this folder.
 */
import { type IResolvable, Tokenization } from "../framework";
import type { Construct } from "constructs";
import { type FieldSchema, tryFindConnectionType } from "../../catalog";
import type { DiagnosticPath } from "../../diagnostics";
import { Connection, type ConnectionProps } from "../connection";
import { ofEach, type PlacesOrOptions } from "../attach-and-link";
import type { DeploymentLink, LinkOptions } from "../deployment-link";
import type { IDeployment, Several } from "../place";
import type { SecretFields } from "../secret-fields";
import type { UserObject } from "../user-value";
import { propPath, renameFields, splitFields } from "./typed-fields";

/** What every typed connection takes besides its type's fields. */
export type TypedConnectionProps = Omit<
  ConnectionProps,
  "type" | "config" | "secrets"
>;

/** Fields as a JSON Merge Patch: all optional, null removes one. */
export type Overrides<Fields> = {
  readonly [Field in keyof Fields]?: Fields[Field] | null;
};

/** A link's options, with the type's own fields. */
export interface TypedLinkOptions<Fields, Secrets> extends Omit<
  LinkOptions,
  "overrides" | "overrideSecrets"
> {
  /** Plain fields that the deployment sees differently. @default - none */
  readonly overrides?: Overrides<Fields> | IResolvable;
  /** Secret fields that the deployment sees differently. @default - those that are there stay */
  readonly overrideSecrets?: Overrides<Secrets>;
}

/** The props of a connection whose fields stand beside the common props. */
const commonProps: ReadonlySet<string> = new Set<keyof ConnectionProps>([
  "name",
  "owner",
  "description",
  "secretsVersion",
  "autoLink",
  "autoLinkExcept",
  "access",
  "parent",
  "verify",
  "deletionProtection",
  "dependsOn",
  "lifecycle",
  "provider",
]);

/** Whether a field of that name would be hidden by a prop that all connections have. */
export function isCommonProp(name: string): boolean {
  return (
    commonProps.has(name) ||
    name === "type" ||
    name === "config" ||
    name === "secrets"
  );
}

/** A connection whose fields are props. The generated classes add the types. */
export abstract class TypedConnection extends Connection {
  readonly #schema: FieldSchema;

  protected constructor(
    scope: Construct,
    id: string,
    {
      type,
      props,
    }: { readonly type: string; readonly props: TypedConnectionProps },
  ) {
    const schema = schemaOf(type);
    const entries = Object.entries(props) as [string, unknown][];
    const common = Object.fromEntries(
      entries.filter(([prop]) => commonProps.has(prop)),
    ) as TypedConnectionProps;
    const { config, secrets } = splitFields(
      schema,
      Object.fromEntries(entries.filter(([prop]) => !commonProps.has(prop))),
    );
    super(scope, id, {
      ...common,
      type,
      config: config as UserObject,
      secrets:
        Object.keys(secrets).length === 0
          ? undefined
          : (secrets as SecretFields),
    });
    this.#schema = schema;
  }

  override linkTo(
    deployment: IDeployment | string,
    options?: LinkOptions,
  ): DeploymentLink;
  override linkTo(
    ...deployments: Several<IDeployment>
  ): readonly DeploymentLink[];
  override linkTo(
    ...given: PlacesOrOptions<IDeployment, LinkOptions>
  ): DeploymentLink | readonly DeploymentLink[] {
    return ofEach(given, (deployment, options) =>
      super.linkTo(deployment, this.#renamed(options)),
    );
  }

  /** The options with the catalogue's names of fields. */
  #renamed(options: LinkOptions = {}): LinkOptions {
    const { overrides, overrideSecrets } = options;
    return {
      ...options,
      overrides:
        overrides === undefined || Tokenization.isResolvable(overrides)
          ? overrides
          : (renameFields(this.#schema, overrides) as UserObject),
      overrideSecrets:
        overrideSecrets === undefined
          ? undefined
          : (renameFields(this.#schema, overrideSecrets) as SecretFields),
    };
  }

  protected override faultPath(path: DiagnosticPath): DiagnosticPath {
    return propPath(this.#schema, path);
  }
}

function schemaOf(type: string): FieldSchema {
  return tryFindConnectionType(type)?.schema ?? { type: "object" };
}

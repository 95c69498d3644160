import { type IResolvable, Token } from "../framework";
import type { Construct } from "constructs";
import { readSecretFields, type SecretFields } from "../secret-fields";
import type { UserObject, UserValue } from "../user-value";
import type { Attributes } from "./attribute-templates";
import { OwnedResource } from "./owned-resource";
import type { MetaArguments } from "./provider-binding";

/** Who may do what with a connection. Principals: `user/…`, `team/…`, `role/…`, `org/…`, `tenant`. */
export interface ConnectionAccess {
  /** @default - left to the platform */
  readonly view?: readonly string[];
  /** @default - left to the platform */
  readonly use?: readonly string[];
  /** @default - left to the platform */
  readonly edit?: readonly string[];
}

/** The arguments of patchbay_connection. */
export interface ConnectionResourceConfig extends MetaArguments {
  readonly name: string;
  /** A type of the catalogue (`postgresql`) or a native one (`pipes:github`). Another type is another connection. */
  readonly type: string;
  /** `organization/acme`, `user/jane`, … @default - the provider's organization */
  readonly owner?: string;
  /** @default - none */
  readonly description?: string;
  /** The plain fields, named as in the catalogue. @default - none */
  readonly config?: UserObject | IResolvable;
  /** The secret fields, named as in the catalogue. @default - those that are there stay */
  readonly secrets?: SecretFields;
  /** When given, write-only secrets are sent again only when this changes. @default - a changed secret is noticed by itself */
  readonly secretsVersion?: string;
  /** Link to every deployment, present and future, of the workspaces that it is attached to. @default - left to the platform (off) */
  readonly autoLink?: boolean | IResolvable;
  /** Names of the deployments that auto-link leaves out. @default - none */
  readonly autoLinkExcept?: readonly string[];
  /** @default - left to the platform */
  readonly access?: ConnectionAccess;
  /** Folder that holds it, on platforms that have folders: its titles from the top (`Production/Databases`) or its id; `/` is the top level. @default - it stays where it is */
  readonly parent?: string;
  /** `on_change`: test it before it is created or changed; a failing test changes nothing. @default off */
  readonly verify?: "off" | "on_change";
  /** Refuse to destroy it. @default false */
  readonly deletionProtection?: boolean | IResolvable;
}

/** patchbay_connection. */
export class ConnectionResource extends OwnedResource {
  static readonly tfResourceType: string = "patchbay_connection";

  readonly #config: ConnectionResourceConfig;

  constructor(scope: Construct, id: string, config: ConnectionResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: ConnectionResource.tfResourceType,
    });
    this.#config = config;
  }

  get type(): string {
    return this.getStringAttribute("type");
  }

  get typeInput(): string {
    return this.#config.type;
  }

  get configInput(): UserValue {
    return this.#config.config;
  }

  get secretsInput(): SecretFields | undefined {
    return this.#config.secrets;
  }

  /** What is connected, in one line, without secrets. */
  get connectionString(): string {
    return this.getStringAttribute("connection_string");
  }

  /** `ok`, `error`, `disabled`, `pending` or `unknown`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  get statusMessage(): string {
    return this.getStringAttribute("status_message");
  }

  /** Dotted paths of the secrets that are set. */
  get secretFields(): string[] {
    return Token.asList(this.interpolationForAttribute("secret_fields"));
  }

  /** Grows by one with every change of secrets. */
  get secretsRevision(): number {
    return this.getNumberAttribute("secrets_revision");
  }

  protected override attributes(): Attributes {
    const config = this.#config;
    return {
      name: config.name,
      type: config.type,
      owner: config.owner,
      description: config.description,
      config: config.config,
      secrets_version: config.secretsVersion,
      auto_link: config.autoLink,
      auto_link_except: config.autoLinkExcept,
      access: config.access,
      parent: config.parent,
      verify: config.verify,
      deletion_protection: config.deletionProtection,
    };
  }

  protected override templates(): Attributes {
    const { stored, writeOnly } = readSecretFields(this.#config.secrets, [
      "secrets",
    ]);
    return { secrets: stored, secrets_wo: writeOnly };
  }
}

import { type IResolvable, Token } from "../framework";
import type { Construct } from "constructs";
import { readSecretFields, type SecretFields } from "../secret-fields";
import { removalsApart } from "../removals-apart";
import type { UserObject, UserValue } from "../user-value";
import type { Attributes } from "./attribute-templates";
import { PatchbayResource } from "./patchbay-resource";
import type { MetaArguments } from "./provider-binding";

/** What a deployment sees differently: JSON Merge Patches (RFC 7396); null removes a field. */
export interface LinkOverrides {
  /** Plain fields, named as in the catalogue. @default - none */
  readonly overrides?: UserObject | IResolvable;
  /** Secret fields, named as in the catalogue. @default - those that are there stay */
  readonly overrideSecrets?: SecretFields;
  /** When given, write-only secrets are sent again only when this changes. @default - a changed secret is noticed by itself */
  readonly overrideSecretsVersion?: string;
}

/** The arguments of patchbay_deployment_link. */
export interface DeploymentLinkResourceConfig
  extends MetaArguments, LinkOverrides {
  /** `organization/acme/warehouse` */
  readonly connectionId: string;
  /** Name of the deployment. */
  readonly deployment: string;
}

/** patchbay_deployment_link. */
export class DeploymentLinkResource extends PatchbayResource {
  static readonly tfResourceType: string = "patchbay_deployment_link";

  readonly #config: DeploymentLinkResourceConfig;

  constructor(
    scope: Construct,
    id: string,
    config: DeploymentLinkResourceConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: DeploymentLinkResource.tfResourceType,
    });
    this.#config = config;
  }

  get connectionId(): string {
    return this.getStringAttribute("connection_id");
  }

  get deployment(): string {
    return this.getStringAttribute("deployment");
  }

  get overridesInput(): UserValue {
    return this.#config.overrides;
  }

  get overrideSecretsInput(): SecretFields | undefined {
    return this.#config.overrideSecrets;
  }

  /** The plain configuration that the deployment sees. */
  get effective(): IResolvable {
    return this.interpolationForAttribute("effective");
  }

  /** Dotted paths of the secrets that the deployment sees differently. */
  get overrideSecretFields(): string[] {
    return Token.asList(
      this.interpolationForAttribute("override_secret_fields"),
    );
  }

  /** Grows by one with every change of overridden secrets. */
  get overrideSecretsRevision(): number {
    return this.getNumberAttribute("override_secrets_revision");
  }

  protected override attributes(): Attributes {
    const config = this.#config;
    const { given, removed } = removalsApart(config.overrides);
    return {
      connection_id: config.connectionId,
      deployment: config.deployment,
      overrides: given,
      removed_fields: removed.length === 0 ? undefined : removed,
      override_secrets_version: config.overrideSecretsVersion,
    };
  }

  protected override templates(): Attributes {
    const { stored, writeOnly } = readSecretFields(
      this.#config.overrideSecrets,
      ["overrideSecrets"],
    );
    return { override_secrets: stored, override_secrets_wo: writeOnly };
  }
}

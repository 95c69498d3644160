import type { Construct } from "constructs";
import type { Attributes } from "./attribute-templates";
import { OwnedResource } from "./owned-resource";
import type { MetaArguments } from "./provider-binding";

/** The arguments of patchbay_deployment. */
export interface DeploymentResourceConfig extends MetaArguments {
  /** Unique in the organization. */
  readonly name: string;
  /** Name of the workspace that it runs in. */
  readonly workspace: string;
  /** `organization/acme` or `user/jane`. @default - the provider's organization */
  readonly owner?: string;
}

/** patchbay_deployment. */
export class DeploymentResource extends OwnedResource {
  static readonly tfResourceType: string = "patchbay_deployment";

  readonly #config: DeploymentResourceConfig;

  constructor(scope: Construct, id: string, config: DeploymentResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: DeploymentResource.tfResourceType,
    });
    this.#config = config;
  }

  get workspace(): string {
    return this.getStringAttribute("workspace");
  }

  protected override attributes(): Attributes {
    return {
      name: this.#config.name,
      workspace: this.#config.workspace,
      owner: this.#config.owner,
    };
  }
}

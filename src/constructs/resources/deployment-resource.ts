import type { Construct } from "constructs";
import type { Attributes } from "./attribute-templates";
import { PatchbayResource } from "./patchbay-resource";
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
export class DeploymentResource extends PatchbayResource {
  static readonly tfResourceType: string = "patchbay_deployment";

  readonly #config: DeploymentResourceConfig;

  constructor(scope: Construct, id: string, config: DeploymentResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: DeploymentResource.tfResourceType,
    });
    this.#config = config;
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get nameInput(): string {
    return this.#config.name;
  }

  get owner(): string {
    return this.getStringAttribute("owner");
  }

  get ownerInput(): string | undefined {
    return this.#config.owner;
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

import type { Construct } from "constructs";
import type { Attributes } from "./attribute-templates";
import { PatchbayResource } from "./patchbay-resource";
import type { MetaArguments } from "./provider-binding";

/** The arguments of patchbay_workspace. */
export interface WorkspaceResourceConfig extends MetaArguments {
  readonly name: string;
  /** `organization/acme` or `user/jane`. @default - the provider's organization */
  readonly owner?: string;
}

/** patchbay_workspace. */
export class WorkspaceResource extends PatchbayResource {
  static readonly tfResourceType: string = "patchbay_workspace";

  readonly #config: WorkspaceResourceConfig;

  constructor(scope: Construct, id: string, config: WorkspaceResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: WorkspaceResource.tfResourceType,
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

  protected override attributes(): Attributes {
    return { name: this.#config.name, owner: this.#config.owner };
  }
}

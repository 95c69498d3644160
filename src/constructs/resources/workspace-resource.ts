import type { Construct } from "constructs";
import type { Attributes } from "./attribute-templates";
import { OwnedResource } from "./owned-resource";
import type { MetaArguments } from "./provider-binding";

/** The arguments of patchbay_workspace. */
export interface WorkspaceResourceConfig extends MetaArguments {
  readonly name: string;
  /** `organization/acme` or `user/jane`. @default - the provider's organization */
  readonly owner?: string;
}

/** patchbay_workspace. */
export class WorkspaceResource extends OwnedResource {
  static readonly tfResourceType: string = "patchbay_workspace";

  constructor(scope: Construct, id: string, config: WorkspaceResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: WorkspaceResource.tfResourceType,
    });
  }

  protected override attributes(): Attributes {
    return { name: this.nameInput, owner: this.ownerInput };
  }
}

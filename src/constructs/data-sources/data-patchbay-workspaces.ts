import type { IResolvable } from "../framework";
import type { Construct } from "constructs";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayWorkspacesProps extends MetaArguments {
  /** @default - the provider's organization */
  readonly owner?: string;
}

/** All workspaces of an owner. */
export class DataPatchbayWorkspaces extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_workspaces";

  constructor(
    scope: Construct,
    id: string,
    { owner, ...meta }: DataPatchbayWorkspacesProps = {},
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayWorkspaces.tfResourceType,
      arguments: { owner },
    });
  }

  /** A list of {id, name, platform_id}, sorted by name. */
  get workspaces(): IResolvable {
    return this.interpolationForAttribute("workspaces");
  }
}

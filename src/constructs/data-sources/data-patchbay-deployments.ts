import type { IResolvable } from "../framework";
import type { Construct } from "constructs";
import { type IWorkspace, placeOf } from "../place";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayDeploymentsProps extends MetaArguments {
  /** @default - the provider's organization */
  readonly owner?: string;
  /** A workspace, or its name. @default - of every workspace */
  readonly workspace?: IWorkspace | string;
}

/** All deployments of an owner. */
export class DataPatchbayDeployments extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_deployments";

  constructor(
    scope: Construct,
    id: string,
    { owner, workspace, ...meta }: DataPatchbayDeploymentsProps = {},
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayDeployments.tfResourceType,
      arguments: {
        owner,
        workspace:
          workspace === undefined ? undefined : placeOf(workspace).name,
      },
    });
  }

  /** A list of {id, name, workspace, platform_id}, sorted by name. */
  get deployments(): IResolvable {
    return this.interpolationForAttribute("deployments");
  }
}

import type { IResolvable } from "../framework";
import type { Construct } from "constructs";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayConnectionUsageProps extends MetaArguments {
  /** `organization/acme/warehouse` */
  readonly connectionId: string;
}

/** Where a connection is used, and how each place got it. */
export class DataPatchbayConnectionUsage extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_connection_usage";

  constructor(
    scope: Construct,
    id: string,
    { connectionId, ...meta }: DataPatchbayConnectionUsageProps,
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayConnectionUsage.tfResourceType,
      arguments: { connection_id: connectionId },
    });
  }

  /** A list of {workspace, through}. */
  get workspaces(): IResolvable {
    return this.interpolationForAttribute("workspaces");
  }

  /** A list of {deployment, workspace, through}. */
  get deployments(): IResolvable {
    return this.interpolationForAttribute("deployments");
  }
}

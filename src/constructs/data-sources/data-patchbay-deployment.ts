import type { Construct } from "constructs";
import type { IDeployment } from "../place";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayDeploymentProps extends MetaArguments {
  readonly name: string;
  /** @default - the provider's organization */
  readonly owner?: string;
}

/** A deployment that something else manages; reading fails where it does not exist. */
export class DataPatchbayDeployment
  extends PatchbayDataSource
  implements IDeployment
{
  static readonly tfResourceType: string = "patchbay_deployment";

  readonly nameInput: string;

  constructor(
    scope: Construct,
    id: string,
    { name, owner, ...meta }: DataPatchbayDeploymentProps,
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayDeployment.tfResourceType,
      arguments: { name, owner },
    });
    this.nameInput = name;
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  /** Name of the workspace that it runs in. */
  get workspace(): string {
    return this.getStringAttribute("workspace");
  }

  get platformId(): string {
    return this.getStringAttribute("platform_id");
  }
}

import type { Construct } from "constructs";
import type { IWorkspace } from "../place";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayWorkspaceProps extends MetaArguments {
  readonly name: string;
  /** @default - the provider's organization */
  readonly owner?: string;
}

/** A workspace that something else manages; reading fails where it does not exist. */
export class DataPatchbayWorkspace
  extends PatchbayDataSource
  implements IWorkspace
{
  static readonly tfResourceType: string = "patchbay_workspace";

  readonly nameInput: string;
  readonly ownerInput: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    { name, owner, ...meta }: DataPatchbayWorkspaceProps,
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayWorkspace.tfResourceType,
      arguments: { name, owner },
    });
    this.nameInput = name;
    this.ownerInput = owner;
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get platformId(): string {
    return this.getStringAttribute("platform_id");
  }
}

import type { IResolvable } from "../framework";
import type { Construct } from "constructs";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayConnectionsProps extends MetaArguments {
  /** @default - the provider's organization */
  readonly owner?: string;
  /** @default - of every type */
  readonly type?: string;
}

/** All connections of an owner. */
export class DataPatchbayConnections extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_connections";

  constructor(
    scope: Construct,
    id: string,
    { owner, type, ...meta }: DataPatchbayConnectionsProps = {},
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayConnections.tfResourceType,
      arguments: { owner, type },
    });
  }

  /** A list of {id, name, type, owner, status, connection_string}, sorted by type, then name. */
  get connections(): IResolvable {
    return this.interpolationForAttribute("connections");
  }
}

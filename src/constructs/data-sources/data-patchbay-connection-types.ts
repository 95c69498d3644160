import type { IResolvable } from "../framework";
import type { Construct } from "constructs";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

/** The connection types that the platform can hold. */
export class DataPatchbayConnectionTypes extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_connection_types";

  constructor(scope: Construct, id: string, meta: MetaArguments = {}) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayConnectionTypes.tfResourceType,
      arguments: {},
    });
  }

  /** A list of {name, title, description, config_fields, secret_fields}, sorted by name. */
  get types(): IResolvable {
    return this.interpolationForAttribute("types");
  }
}

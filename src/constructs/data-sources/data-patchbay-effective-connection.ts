import { type IResolvable, Token } from "../framework";
import type { Construct } from "constructs";
import { type IDeployment, placeOf } from "../place";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

export interface DataPatchbayEffectiveConnectionProps extends MetaArguments {
  /** `organization/acme/warehouse` */
  readonly connectionId: string;
  /** A deployment, or its name. */
  readonly deployment: IDeployment | string;
}

/** What one deployment sees of a connection. */
export class DataPatchbayEffectiveConnection extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_effective_connection";

  constructor(
    scope: Construct,
    id: string,
    { connectionId, deployment, ...meta }: DataPatchbayEffectiveConnectionProps,
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayEffectiveConnection.tfResourceType,
      arguments: {
        connection_id: connectionId,
        deployment: placeOf(deployment).name,
      },
    });
  }

  /** The plain fields with the deployment's overrides merged in. */
  get effective(): IResolvable {
    return this.interpolationForAttribute("effective");
  }

  /** Dotted paths of the secrets that the deployment sees. */
  get secretFields(): string[] {
    return Token.asList(this.interpolationForAttribute("secret_fields"));
  }
}

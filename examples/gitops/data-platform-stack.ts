import { PatchbayProvider } from "cdktf-patchbay";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { declareServices } from "./connections/services";
import { declareSources } from "./connections/sources";
import { declareStorage } from "./connections/storage";
import { declareStreams } from "./connections/streams";
import { declareWarehouses } from "./connections/warehouses";
import { declarePlaces } from "./places";

export interface DataPlatformProps {
  /** Folder of the embedded hub. @default .patchbay, beside cdktf.json */
  readonly hubPath?: string;
  /** Default schema of the warehouse in the staging deployment. @default STAGING */
  readonly stagingSchema?: string;
}

/** Everything that the data team of acme connects to, and who sees it. */
export class DataPlatformStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    { hubPath, stagingSchema = "STAGING" }: DataPlatformProps,
  ) {
    super(scope, id);
    new PatchbayProvider(this, "patchbay", {
      organization: "acme",
      hub: { path: hubPath },
    });

    const places = declarePlaces(this);
    const { warehouse } = declareWarehouses(this, { ...places, stagingSchema });
    declareSources(this, places);
    declareStorage(this, places);
    declareStreams(this, places);
    declareServices(this, places);

    new TerraformOutput(this, "warehouse-address", {
      value: warehouse.connectionString,
    });
  }
}

import { TerraformDataSource } from "../framework";
import type { Construct } from "constructs";
import { ensureProvider } from "../default-provider";
import {
  type Attributes,
  hclAttributes,
  jsonAttributes,
} from "../resources/attribute-templates";
import {
  generatorMetadata,
  type MetaArguments,
} from "../resources/provider-binding";

/** Which data source it is, its arguments by their Terraform names, and what applies to all of them. */
export interface PatchbayDataSourceConfig extends MetaArguments {
  readonly terraformResourceType: string;
  readonly arguments: Attributes;
}

/** What our data sources have in common. */
export abstract class PatchbayDataSource extends TerraformDataSource {
  readonly #arguments: Attributes;

  protected constructor(
    scope: Construct,
    id: string,
    config: PatchbayDataSourceConfig,
  ) {
    super(scope, id, {
      terraformResourceType: config.terraformResourceType,
      terraformGeneratorMetadata: generatorMetadata,
      dependsOn: config.dependsOn,
      lifecycle: config.lifecycle,
      provider: config.provider,
    });
    this.#arguments = config.arguments;
    ensureProvider(this, config.provider);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return jsonAttributes(this.#arguments);
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}

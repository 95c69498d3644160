/**
 * L1 constructs, by hand: one file per resource, arguments in, references out,
 * named as in the provider's schema. They check nothing; they only keep a
 * user's text literal. What is wrong with a declaration belongs one folder up.
 */
import { TerraformResource } from "../framework";
import type { Construct } from "constructs";
import { ensureProvider } from "../default-provider";
import {
  type Attributes,
  hclAttributes,
  jsonAttributes,
} from "./attribute-templates";
import { generatorMetadata, type MetaArguments } from "./provider-binding";

/** Which resource it is, and what applies to all of them. */
export interface PatchbayResourceConfig extends MetaArguments {
  readonly terraformResourceType: string;
}

/** What our resources have in common: the provider, and that user text is literal. */
export abstract class PatchbayResource extends TerraformResource {
  protected constructor(
    scope: Construct,
    id: string,
    config: PatchbayResourceConfig,
  ) {
    super(scope, id, {
      terraformResourceType: config.terraformResourceType,
      terraformGeneratorMetadata: generatorMetadata,
      dependsOn: config.dependsOn,
      lifecycle: config.lifecycle,
      provider: config.provider,
    });
    ensureProvider(this, config.provider);
  }

  /** The natural key: `organization/acme/warehouse`. */
  get id(): string {
    return this.getStringAttribute("id");
  }

  /** The platform's own id, known after apply. */
  get platformId(): string {
    return this.getStringAttribute("platform_id");
  }

  /** The attributes by their Terraform names, as the user gave them. */
  protected abstract attributes(): Attributes;

  /** Attributes whose values are templates already: secrets. */
  protected templates(): Attributes {
    return {};
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...jsonAttributes(this.attributes()),
      ...definedOnly(this.templates()),
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}

function definedOnly(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined),
  );
}

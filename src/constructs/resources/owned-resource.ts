import type { Construct } from "constructs";
import {
  PatchbayResource,
  type PatchbayResourceConfig,
} from "./patchbay-resource";

export interface OwnedResourceConfig extends PatchbayResourceConfig {
  readonly name: string;
  readonly owner?: string;
}

/** A resource that has a name of its own at an owner. */
export abstract class OwnedResource extends PatchbayResource {
  readonly #config: OwnedResourceConfig;

  protected constructor(
    scope: Construct,
    id: string,
    config: OwnedResourceConfig,
  ) {
    super(scope, id, config);
    this.#config = config;
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get nameInput(): string {
    return this.#config.name;
  }

  get owner(): string {
    return this.getStringAttribute("owner");
  }

  get ownerInput(): string | undefined {
    return this.#config.owner;
  }
}

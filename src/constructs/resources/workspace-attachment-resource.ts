import type { Construct } from "constructs";
import type { Attributes } from "./attribute-templates";
import { PatchbayResource } from "./patchbay-resource";
import type { MetaArguments } from "./provider-binding";

/** The arguments of patchbay_workspace_attachment. Each change is another attachment. */
export interface WorkspaceAttachmentResourceConfig extends MetaArguments {
  /** `organization/acme/warehouse` */
  readonly connectionId: string;
  /** Name of the workspace. */
  readonly workspace: string;
}

/** patchbay_workspace_attachment. */
export class WorkspaceAttachmentResource extends PatchbayResource {
  static readonly tfResourceType: string = "patchbay_workspace_attachment";

  readonly #config: WorkspaceAttachmentResourceConfig;

  constructor(
    scope: Construct,
    id: string,
    config: WorkspaceAttachmentResourceConfig,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: WorkspaceAttachmentResource.tfResourceType,
    });
    this.#config = config;
  }

  get connectionId(): string {
    return this.getStringAttribute("connection_id");
  }

  get workspace(): string {
    return this.getStringAttribute("workspace");
  }

  protected override attributes(): Attributes {
    return {
      connection_id: this.#config.connectionId,
      workspace: this.#config.workspace,
    };
  }
}

import { type TerraformProvider, Token } from "./framework";
import { Construct } from "constructs";
import { formatOwner, parseConnectionKey } from "../model";
import { attach, link, ofEach, type PlacesOrOptions } from "./attach-and-link";
import type { IConnection } from "./connection-like";
import type { DeploymentLink, LinkOptions } from "./deployment-link";
import { addFaults } from "./faults";
import type { IDeployment, IWorkspace, Several } from "./place";
import type {
  AttachmentOptions,
  WorkspaceAttachment,
} from "./workspace-attachment";

export interface ImportedConnectionProps {
  /** Natural key: `organization/acme/warehouse`. */
  readonly key: string;
  /** @default - the stack's */
  readonly provider?: TerraformProvider;
}

/** A connection that something else manages, for attaching and linking it here. */
export class ImportedConnection extends Construct implements IConnection {
  readonly id: string;
  readonly nameInput: string;
  readonly ownerInput: string | undefined;
  readonly provider?: TerraformProvider;

  constructor(
    scope: Construct,
    id: string,
    { key, provider }: ImportedConnectionProps,
  ) {
    super(scope, id);
    this.id = key;
    this.provider = provider;
    const parsed = Token.isUnresolved(key)
      ? undefined
      : parseConnectionKey(key, ["key"]);
    this.nameInput = parsed?.ok ? parsed.value.name : key;
    this.ownerInput = parsed?.ok ? formatOwner(parsed.value.owner) : undefined;
    addFaults(this, () =>
      parsed === undefined || parsed.ok ? [] : parsed.diagnostics,
    );
  }

  attachTo(
    workspace: IWorkspace | string,
    options?: AttachmentOptions,
  ): WorkspaceAttachment;
  attachTo(...workspaces: Several<IWorkspace>): readonly WorkspaceAttachment[];
  attachTo(
    ...given: PlacesOrOptions<IWorkspace, AttachmentOptions>
  ): WorkspaceAttachment | readonly WorkspaceAttachment[] {
    return ofEach(given, (workspace, options) =>
      attach(this, workspace, options),
    );
  }

  linkTo(
    deployment: IDeployment | string,
    options?: LinkOptions,
  ): DeploymentLink;
  linkTo(...deployments: Several<IDeployment>): readonly DeploymentLink[];
  linkTo(
    ...given: PlacesOrOptions<IDeployment, LinkOptions>
  ): DeploymentLink | readonly DeploymentLink[] {
    return ofEach(given, (deployment, options) =>
      link(this, deployment, options),
    );
  }
}

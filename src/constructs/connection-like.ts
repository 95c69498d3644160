import type { TerraformProvider } from "./framework";
import type { IConstruct } from "constructs";
import type { Value } from "../model";
import type { DeploymentLink, LinkOptions } from "./deployment-link";
import type { IDeployment, IWorkspace, Several } from "./place";
import type {
  AttachmentOptions,
  WorkspaceAttachment,
} from "./workspace-attachment";

/** A connection, declared here or elsewhere. */
export interface IConnection extends IConstruct {
  /** Natural key; for a declared connection a reference, so that Terraform makes it first. */
  readonly id: string;
  readonly nameInput: string;
  /** As it was given; undefined means the provider's organization. */
  readonly ownerInput: string | undefined;
  /** The provider that it is managed by, where that is not the stack's default. */
  readonly provider?: TerraformProvider;
  /** What is declared of it, where that is in this tree. */
  readonly declared?: DeclaredFields;

  /** Makes the connection available in a workspace. */
  attachTo(
    workspace: IWorkspace | string,
    options?: AttachmentOptions,
  ): WorkspaceAttachment;
  /** The same for several at once. */
  attachTo(...workspaces: Several<IWorkspace>): readonly WorkspaceAttachment[];
  /** Makes the connection available in a deployment, with what this deployment sees differently. */
  linkTo(
    deployment: IDeployment | string,
    options?: LinkOptions,
  ): DeploymentLink;
  /** The same for several at once, which all see the connection as it is. */
  linkTo(...deployments: Several<IDeployment>): readonly DeploymentLink[];
}

/** A declared connection as its links are checked against it. */
export interface DeclaredFields {
  readonly type: string;
  readonly config: Value | undefined;
  readonly secrets: Value | undefined;
}

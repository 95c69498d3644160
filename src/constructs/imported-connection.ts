import { type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { formatOwner, parseConnectionKey } from "../model";
import { attach, link } from "./attach-and-link";
import type { IConnection } from "./connection-like";
import type { DeploymentLink, LinkOptions } from "./deployment-link";
import { addFaults } from "./faults";
import type { IDeployment, IWorkspace } from "./place";
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
  ): WorkspaceAttachment {
    return attach(this, workspace, options);
  }

  linkTo(
    deployment: IDeployment | string,
    options?: LinkOptions,
  ): DeploymentLink {
    return link(this, deployment, options);
  }
}

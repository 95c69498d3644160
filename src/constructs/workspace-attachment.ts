import { Token } from "./framework";
import type { Construct } from "constructs";
import { checkName } from "../model";
import { connectionIdentity } from "./connection-identity";
import type { IConnection } from "./connection-like";
import { duplicateFaults } from "./duplicate";
import { addFaults } from "./faults";
import { type IWorkspace, placeOf } from "./place";
import type { MetaArguments } from "./resources/provider-binding";
import { WorkspaceAttachmentResource } from "./resources/workspace-attachment-resource";
import { StackRegistry } from "./stack-registry";

/** What can be said of an attachment besides what it attaches. */
export interface AttachmentOptions extends MetaArguments {
  /** The construct's id, part of its Terraform address. @default - made from the workspace's name */
  readonly id?: string;
}

export interface WorkspaceAttachmentProps extends MetaArguments {
  readonly connection: IConnection;
  /** A workspace, or its name. */
  readonly workspace: IWorkspace | string;
}

/** A connection made available in a workspace. Mostly made by `connection.attachTo(…)`. */
export class WorkspaceAttachment extends WorkspaceAttachmentResource {
  readonly #connection: IConnection;
  readonly #workspace: IWorkspace;

  constructor(
    scope: Construct,
    id: string,
    { connection, workspace, ...meta }: WorkspaceAttachmentProps,
  ) {
    const place = placeOf(workspace);
    super(scope, id, {
      ...meta,
      provider: meta.provider ?? connection.provider,
      connectionId: connection.id,
      workspace: place.name,
    });
    this.#connection = connection;
    this.#workspace = place;
    attachmentsByConnection.add(this);
    attachments.add(this);
    addFaults(this, () => this.#faults());
  }

  /** The connection that it attaches. */
  get attachedConnection(): IConnection {
    return this.#connection;
  }

  /** The workspace's name as it was given. */
  get workspaceInput(): string {
    return this.#workspace.nameInput;
  }

  #faults() {
    const workspace = this.workspaceInput;
    return [
      ...(Token.isUnresolved(workspace)
        ? []
        : checkName(workspace, ["workspace"])),
      ...duplicateFaults(
        attachments,
        this,
        `The attachment of the connection "${this.#connection.nameInput}" to the workspace "${workspace}"`,
      ),
    ];
  }
}

/** For links, which need them first. */
export const attachmentsByConnection = new StackRegistry<WorkspaceAttachment>(
  (attachment) => connectionIdentity(attachment.attachedConnection),
);

const attachments = new StackRegistry<WorkspaceAttachment>(
  (attachment) =>
    `${connectionIdentity(attachment.attachedConnection)}@${attachment.workspaceInput}`,
);

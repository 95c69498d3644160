import { Token } from "./framework";
import type { Construct } from "constructs";
import { checkName, parseOwner } from "../model";
import { defaultOwner, platformIdentity } from "./connection-identity";
import { duplicateFaults } from "./duplicate";
import { addFaults } from "./faults";
import type { IWorkspace } from "./place";
import {
  WorkspaceResource,
  type WorkspaceResourceConfig,
} from "./resources/workspace-resource";
import { StackRegistry } from "./stack-registry";

export interface WorkspaceProps extends Omit<WorkspaceResourceConfig, "name"> {
  /** @default - the construct's id */
  readonly name?: string;
}

/** A workspace of the hub: where connections are used. */
export class Workspace extends WorkspaceResource implements IWorkspace {
  /** A workspace that something else manages. */
  static fromName(name: string): IWorkspace {
    return { name, nameInput: name };
  }

  constructor(
    scope: Construct,
    id: string,
    { name = id, ...props }: WorkspaceProps = {},
  ) {
    super(scope, id, { ...props, name });
    workspaces.add(this);
    addFaults(this, () => this.#faults());
  }

  #faults() {
    const { nameInput, ownerInput } = this;
    const owner =
      ownerInput === undefined || Token.isUnresolved(ownerInput)
        ? undefined
        : parseOwner(ownerInput);
    return [
      ...(Token.isUnresolved(nameInput) ? [] : checkName(nameInput, ["name"])),
      ...(owner === undefined || owner.ok ? [] : owner.diagnostics),
      ...duplicateFaults(workspaces, this, `The workspace "${nameInput}"`),
    ];
  }
}

const workspaces = new StackRegistry<Workspace>(
  (workspace) =>
    `${platformIdentity(workspace)} ${workspace.ownerInput ?? defaultOwner(workspace)}/${workspace.nameInput}`,
);

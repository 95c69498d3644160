import { Token } from "./framework";
import type { Construct } from "constructs";
import { checkName, parseOwner } from "../model";
import { defaultOwner, platformIdentity } from "./connection-identity";
import { duplicateFaults } from "./duplicate";
import { addFaults } from "./faults";
import { type IDeployment, type IWorkspace, placeOf } from "./place";
import {
  DeploymentResource,
  type DeploymentResourceConfig,
} from "./resources/deployment-resource";
import { StackRegistry } from "./stack-registry";

export interface DeploymentProps extends Omit<
  DeploymentResourceConfig,
  "name" | "workspace"
> {
  /** Unique in the organization. @default - the construct's id */
  readonly name?: string;
  /** The workspace that it runs in, or its name. */
  readonly workspace: IWorkspace | string;
}

/** A deployment of the hub: a running environment inside a workspace. */
export class Deployment extends DeploymentResource implements IDeployment {
  /** A deployment that something else manages. Name its workspace, so that links wait for the attachment there only. */
  static fromName(
    name: string,
    options: { readonly workspace?: IWorkspace | string } = {},
  ): IDeployment {
    return {
      name,
      nameInput: name,
      workspaceInput:
        options.workspace === undefined
          ? undefined
          : placeOf(options.workspace).nameInput,
    };
  }

  readonly isDeclared: boolean = true;
  readonly workspaceInput: string;

  constructor(
    scope: Construct,
    id: string,
    { name = id, workspace, ...props }: DeploymentProps,
  ) {
    const place = placeOf(workspace);
    super(scope, id, {
      ...props,
      owner: props.owner ?? (place as IWorkspace).ownerInput,
      name,
      workspace: place.name,
    });
    this.workspaceInput = place.nameInput;
    deployments.add(this);
    addFaults(this, () => this.#faults());
  }

  #faults() {
    const { nameInput, workspaceInput, ownerInput } = this;
    const owner =
      ownerInput === undefined || Token.isUnresolved(ownerInput)
        ? undefined
        : parseOwner(ownerInput);
    return [
      ...(Token.isUnresolved(nameInput) ? [] : checkName(nameInput, ["name"])),
      ...(Token.isUnresolved(workspaceInput)
        ? []
        : checkName(workspaceInput, ["workspace"])),
      ...(owner === undefined || owner.ok ? [] : owner.diagnostics),
      ...duplicateFaults(deployments, this, `The deployment "${nameInput}"`),
    ];
  }
}

const deployments = new StackRegistry<Deployment>(
  (deployment) =>
    `${platformIdentity(deployment)} ${deployment.ownerInput ?? defaultOwner(deployment)}/${deployment.nameInput}`,
);

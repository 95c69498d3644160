import { Token } from "./framework";
import type { Construct } from "constructs";
import { checkConnectionType, checkFields } from "../catalog";
import type { Diagnostic, DiagnosticPath } from "../diagnostics";
import { checkName, parseOwner } from "../model";
import { attach, link, ofEach, type PlacesOrOptions } from "./attach-and-link";
import { connectionIdentity } from "./connection-identity";
import type { DeclaredFields, IConnection } from "./connection-like";
import type { DeploymentLink, LinkOptions } from "./deployment-link";
import { duplicateFaults } from "./duplicate";
import { addFaults } from "./faults";
import { ImportedConnection } from "./imported-connection";
import {
  type IDeployment,
  type IWorkspace,
  placeOf,
  type Several,
} from "./place";
import {
  ConnectionResource,
  type ConnectionResourceConfig,
} from "./resources/connection-resource";
import type { MetaArguments } from "./resources/provider-binding";
import { readSecretFields } from "./secret-fields";
import { StackRegistry } from "./stack-registry";
import { readUserValue } from "./user-value";
import type {
  AttachmentOptions,
  WorkspaceAttachment,
} from "./workspace-attachment";

/** A connection as declared. Its texts are literal: `${…}` in them is text; tokens work. */
export interface ConnectionProps extends Omit<
  ConnectionResourceConfig,
  "name" | "autoLinkExcept"
> {
  /** @default - the construct's id */
  readonly name?: string;
  /** Deployments that auto-link leaves out, or their names. @default - none */
  readonly autoLinkExcept?: readonly (IDeployment | string)[];
}

/** A connection: what to connect to and how to authenticate, declared once. */
export class Connection extends ConnectionResource implements IConnection {
  /** A connection that something else manages: `organization/acme/warehouse`. It can be attached and linked like a declared one. */
  static fromKey(
    scope: Construct,
    id: string,
    key: string,
    meta: Pick<MetaArguments, "provider"> = {},
  ): IConnection {
    return new ImportedConnection(scope, id, { key, ...meta });
  }

  constructor(
    scope: Construct,
    id: string,
    { name = id, autoLinkExcept, ...props }: ConnectionProps,
  ) {
    super(scope, id, {
      ...props,
      name,
      autoLinkExcept: autoLinkExcept?.map(
        (deployment) => placeOf(deployment).name,
      ),
    });
    connections.add(this);
    addFaults(this, () => this.#faults());
  }

  get declared(): DeclaredFields {
    return {
      type: this.typeInput,
      config:
        this.configInput === undefined
          ? undefined
          : readUserValue(this.configInput, ["config"]).value,
      secrets: readSecretFields(this.secretsInput, ["secrets"]).value,
    };
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

  /** Where a fault is, in the words of the props. */
  protected faultPath(path: DiagnosticPath): DiagnosticPath {
    return path;
  }

  #faults(): readonly Diagnostic[] {
    return [
      ...this.#ownFaults(),
      ...this.#fieldFaults().map((fault) => ({
        ...fault,
        path: this.faultPath(fault.path),
      })),
    ];
  }

  #ownFaults(): readonly Diagnostic[] {
    const { nameInput, ownerInput, typeInput } = this;
    const owner =
      ownerInput === undefined || Token.isUnresolved(ownerInput)
        ? undefined
        : parseOwner(ownerInput);
    return [
      ...(Token.isUnresolved(nameInput) ? [] : checkName(nameInput, ["name"])),
      ...(owner === undefined || owner.ok ? [] : owner.diagnostics),
      ...(Token.isUnresolved(typeInput)
        ? []
        : checkConnectionType(typeInput, ["type"])),
      ...duplicateFaults(connections, this, `The connection "${nameInput}"`),
    ];
  }

  #fieldFaults(): readonly Diagnostic[] {
    const config =
      this.configInput === undefined
        ? undefined
        : readUserValue(this.configInput, ["config"]);
    const secrets = readSecretFields(this.secretsInput, ["secrets"]);
    return [
      ...(config?.diagnostics ?? []),
      ...secrets.diagnostics,
      ...(Token.isUnresolved(this.typeInput)
        ? []
        : checkFields({
            type: this.typeInput,
            config: config?.value,
            secrets: secrets.value,
            secretsPath: "secrets",
            secretHint: "secrets",
            // Secrets that are not declared stay as they are: they may have been set elsewhere.
            secretsComplete: this.secretsInput !== undefined,
          })),
    ];
  }
}

const connections = new StackRegistry<Connection>(connectionIdentity);

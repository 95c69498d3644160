import { dependable, Token } from "./framework";
import type { Construct } from "constructs";
import { checkOverrides } from "../catalog";
import { type Diagnostic, errorDiagnostic } from "../diagnostics";
import { checkName } from "../model";
import { connectionIdentity } from "./connection-identity";
import type { IConnection } from "./connection-like";
import { duplicateFaults } from "./duplicate";
import { addFaults } from "./faults";
import { type IDeployment, placeOf } from "./place";
import {
  DeploymentLinkResource,
  type LinkOverrides,
} from "./resources/deployment-link-resource";
import type { MetaArguments } from "./resources/provider-binding";
import { readSecretFields } from "./secret-fields";
import { StackRegistry } from "./stack-registry";
import { readUserValue } from "./user-value";
import {
  attachmentsByConnection,
  type WorkspaceAttachment,
} from "./workspace-attachment";

/** What can be said of a link besides what it links. */
export interface LinkOptions extends MetaArguments, LinkOverrides {
  /** The construct's id, part of its Terraform address. @default - made from the deployment's name */
  readonly id?: string;
}

export interface DeploymentLinkProps extends MetaArguments, LinkOverrides {
  readonly connection: IConnection;
  /** A deployment, or its name. */
  readonly deployment: IDeployment | string;
}

/**
 * A connection made available in a deployment. Mostly made by
 * `connection.linkTo(…)`. Terraform makes it after the attachments that it
 * needs, and removes it before them.
 */
export class DeploymentLink extends DeploymentLinkResource {
  readonly #connection: IConnection;
  readonly #deployment: IDeployment;

  constructor(
    scope: Construct,
    id: string,
    { connection, deployment, ...rest }: DeploymentLinkProps,
  ) {
    const place = placeOf(deployment);
    super(scope, id, {
      ...rest,
      provider: rest.provider ?? connection.provider,
      connectionId: connection.id,
      deployment: place.name,
    });
    this.#connection = connection;
    this.#deployment = place;
    links.add(this);
    addFaults(this, () => this.#faults());
  }

  /** The connection that it links. */
  get linkedConnection(): IConnection {
    return this.#connection;
  }

  /** The deployment's name as it was given. */
  get deploymentInput(): string {
    return this.#deployment.nameInput;
  }

  /** Resolved at synthesis, so that it does not matter whether attachTo or linkTo was called first. */
  override get terraformMetaArguments(): Record<string, unknown> {
    const needed = this.#neededAttachments().map((attachment) =>
      dependable(attachment),
    );
    const dependsOn = [...new Set([...(this.dependsOn ?? []), ...needed])];
    return {
      ...super.terraformMetaArguments,
      ...(dependsOn.length > 0 && { dependsOn }),
    };
  }

  /** The attachment to the deployment's workspace; where that is not known, all of the connection. */
  #neededAttachments(): readonly WorkspaceAttachment[] {
    const all = attachmentsByConnection.find(
      this,
      connectionIdentity(this.#connection),
    );
    const workspace = this.#deployment.workspaceInput;
    if (workspace === undefined || Token.isUnresolved(workspace)) return all;
    const exact = all.filter(
      (attachment) => attachment.workspaceInput === workspace,
    );
    return exact.length > 0 ? exact : all;
  }

  #faults(): readonly Diagnostic[] {
    const name = this.deploymentInput;
    const secrets = readSecretFields(this.overrideSecretsInput, [
      "overrideSecrets",
    ]);
    const overrides =
      this.overridesInput === undefined
        ? undefined
        : readUserValue(this.overridesInput, ["overrides"]);
    const { declared } = this.#connection;
    return [
      ...(Token.isUnresolved(name) ? [] : checkName(name, ["deployment"])),
      ...duplicateFaults(
        links,
        this,
        `The link of the connection "${this.#connection.nameInput}" to the deployment "${name}"`,
      ),
      ...this.#attachmentFaults(),
      ...(overrides?.diagnostics ?? []),
      ...secrets.diagnostics,
      ...(declared === undefined
        ? []
        : checkOverrides({
            ...declared,
            overrides: overrides?.value,
            overrideSecrets: secrets.value,
            overrideSecretsPath: "overrideSecrets",
            secretHint: "overrideSecrets",
          })),
    ];
  }

  /** Only where this stack declares both ends, so that nobody else can have attached them. */
  #attachmentFaults(): readonly Diagnostic[] {
    const { workspaceInput: workspace, isDeclared } = this.#deployment;
    const {
      nameInput,
      ownerInput = "organization/",
      declared,
    } = this.#connection;
    if (
      isDeclared !== true ||
      declared === undefined ||
      !ownerInput.startsWith("organization/")
    )
      return [];
    if (workspace === undefined || Token.isUnresolved(workspace)) return [];
    const all = attachmentsByConnection.find(
      this,
      connectionIdentity(this.#connection),
    );
    const attached = all.some(
      ({ workspaceInput }) =>
        workspaceInput === workspace || Token.isUnresolved(workspaceInput),
    );
    if (attached) return [];
    return [
      errorDiagnostic({
        code: "attachment_missing",
        path: ["deployment"],
        detail: `The deployment "${this.deploymentInput}" runs in the workspace "${workspace}", which the connection "${nameInput}" is not attached to. Attach it there: connection.attachTo("${workspace}").`,
      }),
    ];
  }
}

const links = new StackRegistry<DeploymentLink>(
  (link) =>
    `${connectionIdentity(link.linkedConnection)}@${link.deploymentInput}`,
);

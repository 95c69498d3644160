import type { Creation } from "./creation";
import type { Owner } from "./owner";

/** Where connections are used. Belongs to an organization or a user; its name is unique there. */
export interface Workspace {
  readonly owner: Owner;
  readonly name: string;
}

export interface ObservedWorkspace extends Workspace, Creation {
  /** The platform's own id. */
  readonly platformId: string;
}

/** A running environment inside a workspace. Its name is unique in the organization. */
export interface Deployment {
  /** The owner of the workspace. */
  readonly owner: Owner;
  readonly name: string;
  /** Name of the workspace that it runs in. */
  readonly workspace: string;
}

export interface ObservedDeployment extends Deployment, Creation {
  /** The platform's own id. */
  readonly platformId: string;
}

/** A workspace, declared here or elsewhere. */
export interface IWorkspace {
  /** Its name; for a declared one a reference, so that Terraform makes it first. */
  readonly name: string;
  /** The name as it was given. */
  readonly nameInput: string;
  /** As it was given; undefined means the provider's organization, or that nobody said. */
  readonly ownerInput?: string | undefined;
}

/** A deployment, declared here or elsewhere. */
export interface IDeployment {
  /** Its name; for a declared one a reference, so that Terraform makes it first. */
  readonly name: string;
  /** The name as it was given. */
  readonly nameInput: string;
  /** Name of the workspace that it runs in, where that is known. */
  readonly workspaceInput?: string;
  /** Whether this very tree declares it. */
  readonly isDeclared?: boolean;
}

/** At least two of them, or their names. */
export type Several<T extends IWorkspace | IDeployment> = readonly [
  T | string,
  T | string,
  ...(T | string)[],
];

/** Whether it is a place or the name of one, and no options. */
export function isPlace<T extends IWorkspace | IDeployment>(
  given: T | string | object | undefined,
): given is T | string {
  return (
    typeof given === "string" ||
    (given !== undefined && "name" in given && "nameInput" in given)
  );
}

/** A name, as something that has one. */
export function placeOf<T extends IWorkspace | IDeployment>(
  given: T | string,
): T | NamedPlace {
  return typeof given === "string" ? { name: given, nameInput: given } : given;
}

interface NamedPlace {
  readonly name: string;
  readonly nameInput: string;
}

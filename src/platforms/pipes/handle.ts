import { PatchbayError } from "../../diagnostics";

/** 1 to 39 characters: a lower case letter first, then letters, digits and single underscores, none at the end. */
const HANDLE = /^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){0,38}$/;

/** Whether it can be the name of a connection on Pipes, and so of a schema in a workspace. */
export function isHandle(name: string): boolean {
  return HANDLE.test(name);
}

/** Rejects with `invalid_name` what Pipes cannot call a connection. */
export function requireHandle(name: string): void {
  if (isHandle(name)) return;
  throw new PatchbayError({
    code: "invalid_name",
    path: ["name"],
    detail: `${JSON.stringify(name)} cannot be the name of a connection on Turbot Pipes, where it also becomes the name of a schema: 1 to 39 lower case letters, digits and single underscores, a letter first, no underscore at the end. For example "aws_prod".`,
  });
}

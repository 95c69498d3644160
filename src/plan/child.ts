import { KNOWN_AFTER_APPLY } from "../model";
import type { OrLater } from "./declared";
import type { Parent } from "./planned";

/** What attachments and links have in common: they belong to a connection. */

/** The arguments that an object's natural key is made of, by their names. */
export type KeyArguments = Readonly<Record<string, OrLater<string>>>;

/** `organization/acme/warehouse@workspace/analytics`, as soon as both parts are known. */
export function childId(
  connection: OrLater<string>,
  kind: "workspace" | "deployment",
  name: OrLater<string>,
): OrLater<string> {
  return connection === KNOWN_AFTER_APPLY || name === KNOWN_AFTER_APPLY
    ? KNOWN_AFTER_APPLY
    : `${connection}@${kind}/${name}`;
}

/** What takes a new object: each argument of the key that changes, and the connection's own replacement, which changes none. */
export function childReplacing(
  before: Readonly<Record<string, unknown>> | undefined,
  after: KeyArguments,
  parent: Parent,
): readonly (readonly string[])[] {
  if (before === undefined) return [];
  return [
    ...replacedArguments(before, after),
    ...(isMadeAnew(parent) ? [["platform_id"]] : []),
  ];
}

/** The arguments that differ, of an object that no change of them leaves as it is. */
export function replacedArguments(
  before: Readonly<Record<string, unknown>>,
  after: KeyArguments,
): readonly (readonly string[])[] {
  return Object.keys(after)
    .filter((argument) => before[argument] !== after[argument])
    .map((argument) => [argument]);
}

export function isMadeAnew(parent: Parent): boolean {
  return parent.kind === "planned" && parent.madeAnew;
}

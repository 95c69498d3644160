import type { ObjectKind } from "../plan";
import type { Work } from "./work-in-progress";

/** What has to be there before an object of a kind is made; the other way round, it has to be gone first. */
const needs: Readonly<Record<ObjectKind, readonly ObjectKind[]>> = {
  workspace: [],
  deployment: ["workspace"],
  // Its owner.
  connection: ["workspace", "deployment"],
  attachment: ["workspace", "connection"],
  link: ["deployment", "attachment", "connection"],
};

/** The same object is removed. */
export function isRemovalOf(kind: ObjectKind, id: string) {
  return (work: Work): boolean =>
    work.does === "remove" && work.kind === kind && work.id === id;
}

export const isAnyRemoval = ({ does }: Work): boolean => does === "remove";

/** What the object needs is made. */
export function dependsOn(kind: ObjectKind, id: string) {
  return (work: Work): boolean =>
    work.does === "make" &&
    needs[kind].includes(work.kind) &&
    areOfOneConnection({ kind, id }, work);
}

/** What uses the object is removed. */
export function isUseOf(kind: ObjectKind, id: string) {
  return (work: Work): boolean =>
    work.does === "remove" &&
    needs[work.kind].includes(kind) &&
    areOfOneConnection({ kind, id }, work);
}

type Named = Pick<Work, "kind" | "id">;

/** Of what belongs to a connection, the connection; of places nobody can tell from the id which are meant. */
function areOfOneConnection(one: Named, other: Named): boolean {
  const [left, right] = [connectionOf(one), connectionOf(other)];
  return left === undefined || right === undefined || left === right;
}

function connectionOf({ kind, id }: Named): string | undefined {
  if (kind === "connection") return id;
  if (kind !== "attachment" && kind !== "link") return undefined;
  const separator = kind === "attachment" ? "@workspace/" : "@deployment/";
  return id.slice(0, id.lastIndexOf(separator));
}

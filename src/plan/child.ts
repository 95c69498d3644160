import { escapeName, KNOWN_AFTER_APPLY } from "../model";
import type { OrLater } from "./declared";

/** What objects have in common that name others: attachments and links, and deployments with their workspace. */

/** The arguments that an object's natural key is made of, by their names. */
export type KeyArguments = Readonly<Record<string, OrLater<string>>>;

/** The platform's own id of an object: known after apply where it is made anew, undefined where nobody can tell. */
export type Identity = OrLater<string> | undefined;

/** An object that another one names, and is remembered by its id: a name may change while the object stays. */
export interface Reference {
  /** The argument that names it; undefined where none does: a link goes through an attachment without naming it. */
  readonly argument?: string;
  /** The attribute that holds the id. */
  readonly attribute: string;
  /** Undefined where nobody has noted it yet. */
  readonly before: string | undefined;
  readonly now: Identity;
}

/** `organization/acme/warehouse@workspace/analytics`, as soon as both parts are known. */
export function childId(
  connection: OrLater<string>,
  kind: "workspace" | "deployment",
  name: OrLater<string>,
): OrLater<string> {
  return connection === KNOWN_AFTER_APPLY || name === KNOWN_AFTER_APPLY
    ? KNOWN_AFTER_APPLY
    : `${connection}@${kind}/${escapeName(name)}`;
}

/**
 * What takes a new object: another object that is named, or the same one made
 * anew. One that is only called otherwise is followed in place.
 */
export function replacedBy(
  before: Readonly<Record<string, unknown>> | undefined,
  after: KeyArguments,
  references: readonly Reference[],
): readonly (readonly string[])[] {
  if (before === undefined) return [];
  return references.flatMap((reference) => {
    const { argument, attribute } = reference;
    const isNamedOtherwise =
      argument !== undefined && before[argument] !== after[argument];
    return [
      ...(isNamedOtherwise && !isSame(reference) ? [[argument]] : []),
      ...(isAnother(reference) ? [[attribute]] : []),
    ];
  });
}

/**
 * The id that the object will refer to. A new one is looked up once it is there: a
 * look-up while planning may fail later, and a plan has to be kept to. What nobody
 * has noted yet is no difference by itself: reading it anew notes it.
 */
export function identityAfter(
  { before }: Reference,
  isNew: boolean,
): OrLater<string> | undefined {
  return isNew ? KNOWN_AFTER_APPLY : before;
}

function isSame({ before, now }: Reference): boolean {
  return before !== undefined && before === now;
}

/** Made anew, or another one under the same name. */
function isAnother({ before, now }: Reference): boolean {
  return (
    now === KNOWN_AFTER_APPLY ||
    (before !== undefined && now !== undefined && before !== now)
  );
}

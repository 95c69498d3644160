/**
 * A world, in words of its own: what is declared first, what somebody else changes
 * behind our back, and what is declared after. Each side of the oracle makes of it
 * what it takes: records of Terraform, or declared values of the core.
 */
import type { JsonObject, JsonValue } from "../../src/model";
import type { PlatformName } from "../../src/platforms/registry";

/** A value that is known after apply: what it comes to. */
export class Later<T> {
  constructor(readonly value: T) {}
}
export type MaybeLater<T> = T | Later<T>;

/** Fields of which any part may be known later. */
export type Part = JsonValue | Later<JsonValue> | Parts;
export interface Parts {
  readonly [field: string]: Part;
}

export interface DeclaredSecrets {
  /** Whether they are in the state. */
  readonly argument: "stored" | "write_only";
  readonly value: MaybeLater<Parts>;
  /** The argument that decides when they are sent again. */
  readonly version?: MaybeLater<string>;
}

export interface DeclaredAccess {
  readonly view?: readonly string[];
  readonly use?: readonly string[];
  readonly edit?: readonly string[];
}

interface DeclaredObject {
  /** What tells it from others in code, whatever it is called. */
  readonly address: string;
  /** Made anew because somebody says so, as with `-replace`. */
  readonly recreate?: boolean;
}

export interface DeclaredPlace extends DeclaredObject {
  readonly kind: "workspace" | "deployment";
  readonly name: MaybeLater<string>;
  /** Undefined: the provider's organization. */
  readonly owner?: string;
  /** Of a deployment. */
  readonly workspace?: string;
}

export interface DeclaredConnection extends DeclaredObject {
  readonly kind: "connection";
  readonly name: MaybeLater<string>;
  /** Undefined: the provider's organization. */
  readonly owner?: MaybeLater<string>;
  readonly type: MaybeLater<string>;
  readonly description?: MaybeLater<string>;
  readonly config?: MaybeLater<Parts>;
  readonly secrets?: DeclaredSecrets;
  readonly autoLink?: MaybeLater<boolean>;
  readonly autoLinkExcept?: readonly string[];
  readonly access?: DeclaredAccess;
  readonly parent?: MaybeLater<string>;
  readonly verify?: "off" | "on_change";
  readonly deletionProtection?: boolean;
}

export interface DeclaredAttachment extends DeclaredObject {
  readonly kind: "attachment";
  /** The connection's address. */
  readonly connection: string;
  readonly workspace: MaybeLater<string>;
}

export interface DeclaredLink extends DeclaredObject {
  readonly kind: "link";
  /** The connection's address. */
  readonly connection: string;
  readonly deployment: MaybeLater<string>;
  readonly overrides?: MaybeLater<Parts>;
  readonly secrets?: DeclaredSecrets;
}

export type DeclaredThing =
  DeclaredPlace | DeclaredConnection | DeclaredAttachment | DeclaredLink;
export type ThingKind = DeclaredThing["kind"];

/** What somebody else does to an object that was declared first. */
export type Drift = { readonly address: string } & (
  | { readonly does: "delete" }
  | { readonly does: "describe"; readonly description: string }
  | { readonly does: "configure"; readonly config: JsonObject }
  | { readonly does: "keep_secrets"; readonly secrets: JsonObject }
  | { readonly does: "share"; readonly access: DeclaredAccess }
  | { readonly does: "override"; readonly overrides: JsonObject }
);

export interface World {
  readonly number: number;
  readonly platform: PlatformName;
  /** The provider's. */
  readonly organization: string;
  readonly before: readonly DeclaredThing[];
  readonly drift: readonly Drift[];
  readonly after: readonly DeclaredThing[];
}

/** What a value is in the end. */
export function settledValue<T>(value: MaybeLater<T>): T {
  return value instanceof Later ? (value.value as T) : value;
}

/** What fields are in the end. */
export function settledParts(part: Part | Later<Parts>): JsonValue {
  if (part instanceof Later) return part.value as JsonValue;
  if (part === null || typeof part !== "object") return part as JsonValue;
  if (Array.isArray(part)) return part as JsonValue;
  return Object.fromEntries(
    Object.entries(part as Parts).map(([field, inner]) => [
      field,
      settledParts(inner),
    ]),
  );
}

/** The world's declaration of this address. */
export function thingAt(
  things: readonly DeclaredThing[],
  address: string,
): DeclaredThing | undefined {
  return things.find((one) => one.address === address);
}

/** The natural key that a declaration has in the end. */
export function keyOf(
  thing: DeclaredThing,
  things: readonly DeclaredThing[],
  organization: string,
): string {
  const owner = (given: MaybeLater<string> | undefined) =>
    given === undefined ? `organization/${organization}` : settledValue(given);
  switch (thing.kind) {
    case "workspace":
    case "deployment":
      return `${owner(thing.owner)}/${thing.kind}/${settledValue(thing.name)}`;
    case "connection":
      return `${owner(thing.owner)}/${settledValue(thing.name)}`;
    case "attachment":
      return `${keyOf(parentOf(thing, things), things, organization)}@workspace/${settledValue(thing.workspace)}`;
    case "link":
      return `${keyOf(parentOf(thing, things), things, organization)}@deployment/${settledValue(thing.deployment)}`;
  }
}

export function parentOf(
  child: DeclaredAttachment | DeclaredLink,
  things: readonly DeclaredThing[],
): DeclaredConnection {
  const parent = thingAt(things, child.connection);
  if (parent?.kind !== "connection")
    throw new Error(`${child.address} has no connection`);
  return parent;
}

/** Whether any part of it is known later. */
export function hasLater(value: unknown): boolean {
  if (value instanceof Later) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasLater);
}

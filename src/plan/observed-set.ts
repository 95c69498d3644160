import {
  formatConnectionKey,
  formatLinkKey,
  type JsonValue,
  type KnownAs,
  objectOf,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type ObservedWorkspace,
  escapeName,
} from "../model";
import { refreshedAttachment } from "./attachment";
import type { Before, LinkBefore } from "./before";
import { childId } from "./child";
import {
  refreshedConnection,
  unseenConnection,
} from "./connection/refreshed-connection";
import type { Declared, DeclaredConnection } from "./declared";
import { refreshedInventory } from "./inventory";
import { knownOf } from "./known";
import { connectionAs, linkAs } from "./known-as";
import { refreshedLink } from "./link/refreshed-link";
import type { Rules } from "./rules";
import { nothingRemembered, type SecretsMemory } from "./secrets";
import { shownConnection, shownLink } from "./shown";

/** Everything that the platform shows. */
export interface ObservedSet {
  readonly workspaces: readonly ObservedWorkspace[];
  readonly deployments: readonly ObservedDeployment[];
  readonly connections: readonly ObservedConnection[];
  readonly attachments: readonly ObservedAttachment[];
  readonly links: readonly ObservedLink[];
}

/** What is there, shown as what it is declared as. */
export function asDeclared(
  observed: ObservedSet,
  desired: readonly Declared[],
  memoryOf: (id: string) => SecretsMemory,
  rules: Rules,
): ObservedSet {
  const known = new Map<string, KnownAs>();
  const fieldsOf = (id: string) => memoryOf(id).fields;
  for (const declared of desired) {
    if (declared.kind === "connection") {
      const id = connectionId(declared);
      if (id !== undefined)
        setKnown(known, id, connectionAs(declared, fieldsOf(id)));
    } else if (declared.kind === "link") {
      const { connection, deployment } = declared;
      const id = knownOf(childId(connection, "deployment", deployment));
      if (id !== undefined) known.set(id, linkAs(declared, fieldsOf(id)));
    }
  }
  const none = { config: objectOf<JsonValue>([]), secretFields: [] };
  return {
    ...observed,
    connections: observed.connections.map((one) =>
      shownConnection(one, known.get(formatConnectionKey(one)), rules),
    ),
    links: observed.links.map((one) => {
      const type = known.get(formatConnectionKey(one.connection))?.type;
      return shownLink(
        one,
        { ...(known.get(formatLinkKey(one)) ?? none), type },
        rules,
      );
    }),
  };
}

function setKnown(
  known: Map<string, KnownAs>,
  id: string,
  as: KnownAs | undefined,
): void {
  if (as !== undefined) known.set(id, as);
}

/** The same by natural key. */
export interface There {
  readonly connections: ReadonlyMap<string, ObservedConnection>;
  readonly links: ReadonlyMap<string, ObservedLink>;
  /** What is declared no more, by natural key, as far as declarations have been looked at. */
  readonly undeclared: Map<string, Before>;
}

export function byKey(observed: ObservedSet): There {
  const connections = new Map(
    observed.connections.map((one) => [formatConnectionKey(one), one]),
  );
  const links = new Map(observed.links.map((one) => [formatLinkKey(one), one]));
  const all: readonly Before[] = [
    ...observed.workspaces.map((one) => refreshedInventory("workspace", one)),
    ...observed.deployments.map((one) => refreshedInventory("deployment", one)),
    ...observed.connections.map((one) =>
      refreshedConnection(unseenConnection, one, nothingRemembered),
    ),
    ...observed.attachments.map(refreshedAttachment),
    ...observed.links.map((one) =>
      seenLink(one, connections, nothingRemembered),
    ),
  ];
  return {
    connections,
    links,
    undeclared: new Map(all.map((before) => [before.id!, before])),
  };
}

/** Of a replacement what is made, planned as if nothing were there. */
export const nothing: There = {
  connections: new Map(),
  links: new Map(),
  undeclared: new Map(),
};

/** The link as it is, and what its deployment sees. */
export function seenLink(
  stored: ObservedLink,
  connections: There["connections"],
  memory: SecretsMemory,
): LinkBefore {
  return refreshedLink(
    memory,
    stored,
    connections.get(formatConnectionKey(stored.connection)) ?? {
      config: objectOf([]),
    },
    memory,
  );
}

/** Its natural key, as far as that is known. */
export function connectionId({
  owner,
  name,
}: DeclaredConnection): string | undefined {
  return typeof owner === "string" && typeof name === "string"
    ? `${owner}/${escapeName(name)}`
    : undefined;
}

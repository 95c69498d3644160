import {
  type Access,
  checkName,
  equalValues,
  folderText,
  formatConnectionKey,
  formatOwner,
  hasFeature,
  meansFolder,
  namedAccess,
  type ObservedConnection,
  type PlatformIdentity,
} from "../../model";
import type { ConnectionBefore } from "../before";
import type { DeclaredConnection } from "../declared";
import { knownOf } from "../known";
import { revisionsNow } from "../secret-revisions";
import { revisionNow, type SecretsMemory } from "../secrets";
import { withoutPaths } from "./without-paths";

/**
 * The connection as it is now, in the words of the state before where they mean
 * the same. What the platform does not know is taken from there; what was never
 * declared stays out, except right after an import, which takes over everything.
 */
export function refreshedConnection(
  before: ConnectionBefore,
  stored: ObservedConnection,
  memory: SecretsMemory,
): ConnectionBefore {
  const fields = stored.secretFields ?? before.secrets.fields ?? [];
  return {
    kind: "connection",
    id: idOf(stored, before),
    owner: formatOwner(stored.owner),
    name: stored.name,
    type: stored.type,
    platformId: stored.platformId,
    description: sameText(stored.description, before.description),
    // What was sent as a secret is one, even where the platform shows it.
    config: withoutPaths(stored.config, memory.fields),
    autoLink: stored.autoLink,
    autoLinkExcept: sameNames(stored.autoLinkExcept, before.autoLinkExcept),
    access: sameAccess(stored, before),
    parent: sameFolder(stored, before),
    status: stored.status,
    statusMessage: stored.statusMessage,
    secrets: {
      ...before.secrets,
      fields,
      revision: revisionNow(before.secrets.revision, memory, {
        fields: stored.secretFields,
        version: stored.secretsVersion,
      }),
      revisions: revisionsNow(before.secrets, memory, {
        fields: stored.secretFields,
        version: stored.secretsVersion,
        set: fields,
      }),
    },
    ours: before.ours,
    concurrencyToken: stored.concurrencyToken ?? before.concurrencyToken,
  };
}

/**
 * Where names are free text, somebody may have given one that no id can hold:
 * then the id stays that of the declaration. Right after an import there is none
 * yet; until the first plan it is made of the platform's own id.
 */
function idOf(stored: ObservedConnection, before: ConnectionBefore): string {
  const { owner, name, platformId } = stored;
  if (checkName(name, []).length === 0) return formatConnectionKey(stored);
  return before.id ?? formatConnectionKey({ owner, name: platformId });
}

/** Nobody has declared it yet: everything that there is is taken over. */
export const unseenConnection: ConnectionBefore = {
  kind: "connection",
  id: undefined,
  owner: undefined,
  name: undefined,
  type: undefined,
  platformId: undefined,
  description: undefined,
  config: null,
  autoLink: undefined,
  autoLinkExcept: undefined,
  access: undefined,
  parent: undefined,
  status: undefined,
  statusMessage: undefined,
  secrets: { fields: undefined, revision: 0 },
  ours: undefined,
  concurrencyToken: undefined,
};

/** What Terraform's state remembers is told here by the declaration: its words, and what it leaves to the platform. */
export function inWordsOf(
  declared: DeclaredConnection,
  { revision, fields }: SecretsMemory,
): ConnectionBefore {
  const access = knownOf(declared.access);
  return {
    ...unseenConnection,
    type: knownOf(declared.type) ?? "",
    description: knownOf(declared.description),
    autoLinkExcept: knownOf(declared.autoLinkExcept),
    access: access && {
      view: knownOf(access.view),
      use: knownOf(access.use),
      edit: knownOf(access.edit),
    },
    parent: knownOf(declared.parent),
    secrets: { fields, revision },
  };
}

/** The folder as the argument says it; undefined where the platform has none. */
export function shownFolder(
  { folder }: ObservedConnection,
  platform: PlatformIdentity,
): string | undefined {
  return hasFeature(platform, "folders") ? folderText(folder) : undefined;
}

/** Whether its access list has to be read as well, where that takes a request of its own. */
export function showsAccess(before: ConnectionBefore): boolean {
  return before.access !== undefined || isImport(before);
}

/** Right after an import nothing is known but who is meant. */
function isImport({ type }: ConnectionBefore): boolean {
  return type === undefined;
}

/** No description and an empty one are the same to most platforms. */
function sameText(
  stored: string | undefined,
  before: string | undefined,
): string | undefined {
  return (stored ?? "") === (before ?? "") ? before : stored;
}

/** No names and an empty set are the same to the platform. */
function sameNames(
  stored: readonly string[],
  before: readonly string[] | undefined,
): readonly string[] | undefined {
  if (stored.length > 0) return stored;
  return before?.length === 0 ? [] : undefined;
}

/** A folder that is not declared is the platform's own affair, and no difference. */
function sameFolder(
  { folder }: ObservedConnection,
  before: ConnectionBefore,
): string | undefined {
  if (isImport(before))
    return folder === undefined ? undefined : folderText(folder);
  if (before.parent === undefined) return undefined;
  return meansFolder(before.parent, folder)
    ? before.parent
    : folderText(folder);
}

/** Access that is not declared is the platform's own affair, and no difference. */
function sameAccess(
  stored: ObservedConnection,
  before: ConnectionBefore,
): Access | undefined {
  const declared = isImport(before)
    ? namedAccess(stored.access)
    : before.access;
  if (declared === undefined) return undefined;
  const list = (name: keyof Access) => {
    const shown = stored.access?.[name] ?? [];
    const same = equalValues(
      [...(declared[name] ?? [])].sort(),
      [...shown].sort(),
    );
    return same ? declared[name] : shown;
  };
  return { view: list("view"), use: list("use"), edit: list("edit") };
}

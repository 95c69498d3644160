import { connectionStringOf } from "../../../catalog";
import {
  equalValues,
  folderText,
  formatConnectionKey,
  formatOwner,
  meansFolder,
  namedAccess,
  type ObservedConnection,
} from "../../../model";
import { recordOfSchema } from "../../schema/schema-type";
import { connectionSchema } from "../../schema/connection";
import {
  booleanOf,
  numberOf,
  orEmpty,
  textOf,
  textToCty,
  textsOf,
} from "../../state/record";
import type { PrivateState } from "../../state/private-state";
import { withoutPaths } from "../../state/without-paths";
import { secretsDrifted } from "../../state/secrets-plan";
import { toValue, withSpelling } from "../../state/values";
import { type CtyRecord, type CtyValue, recordOf } from "../../wire";
import { accessOf } from "./connection-arguments";

/** The attributes that a platform decides, as it shows them. */
export function computedAttributes(
  observed: ObservedConnection,
): Readonly<Record<string, CtyValue>> {
  return {
    platform_id: observed.platformId,
    status: observed.status,
    status_message: observed.statusMessage ?? null,
    secret_fields: observed.secretFields ?? [],
  };
}

/** The platform's own id that the state remembers. */
export function platformIdOf(state: CtyRecord): string | undefined {
  const platformId = textOf(state, "platform_id");
  return typeof platformId === "string" ? platformId : undefined;
}

/** The whole state of a connection that exists, with what the platform does not know taken from the state before. */
export function connectionState(
  observed: ObservedConnection,
  before: CtyRecord,
  remembered: PrivateState,
): CtyRecord {
  const { type } = observed;
  const revision = numberOf(before, "secrets_revision") ?? 0;
  const drifted = secretsDrifted(remembered, {
    fields: observed.secretFields,
    version: observed.secretsVersion,
  });
  const config = withSpelling({
    type,
    // What was sent as a secret is one, even where the platform shows it.
    observed: withoutPaths(observed.config, remembered.secretFields ?? []),
    written: before["config"] ?? null,
    nullsMatter: false,
  });
  return recordOfSchema(connectionSchema, {
    ...computedAttributes(observed),
    id: formatConnectionKey(observed),
    name: observed.name,
    type,
    owner: formatOwner(observed.owner),
    description: spelledText(
      observed.description,
      textOf(before, "description"),
    ),
    config,
    secrets: before["secrets"] ?? null,
    secrets_version: before["secrets_version"] ?? null,
    auto_link: observed.autoLink,
    auto_link_except: spelledNames(
      observed.autoLinkExcept,
      textsOf(before, "auto_link_except"),
    ),
    access: spelledAccess(observed, before),
    parent: spelledParent(observed, before),
    verify: before["verify"] ?? null,
    deletion_protection: booleanOf(before, "deletion_protection") ?? null,
    connection_string: textToCty(
      connectionStringOf(type, orEmpty(toValue(config))),
    ),
    secret_fields:
      observed.secretFields ?? textsOf(before, "secret_fields") ?? [],
    secrets_revision: drifted ? 0 : revision,
  });
}

/** No description and an empty one are the same to most platforms. */
function spelledText(
  observed: string | undefined,
  before: ReturnType<typeof textOf>,
): CtyValue {
  if ((observed ?? "") === (before ?? "") && typeof before !== "symbol")
    return before ?? null;
  return observed ?? null;
}

/** No names and an empty set are the same to the platform. */
function spelledNames(
  observed: readonly string[],
  before: readonly string[] | undefined,
): CtyValue {
  return observed.length === 0 ? (before?.length === 0 ? [] : null) : observed;
}

/** A folder that is not declared is the platform's own affair, and no difference. */
function spelledParent(
  { folder }: ObservedConnection,
  state: CtyRecord,
): CtyValue {
  const before = textOf(state, "parent");
  if (isImport(state)) return folder === undefined ? null : folderText(folder);
  if (typeof before !== "string") return null;
  return meansFolder(before, folder) ? before : folderText(folder);
}

/** Right after an import nothing is known but who is meant: then the state takes over everything that there is. */
export function isImport(state: CtyRecord): boolean {
  return textOf(state, "type") === undefined;
}

/** Access that is not declared is the platform's own affair, and no difference. */
function spelledAccess(
  observed: ObservedConnection,
  before: CtyRecord,
): CtyValue {
  const declared = isImport(before)
    ? namedAccess(observed.access)
    : accessOf(before);
  if (declared === undefined) return null;
  const members = (["view", "use", "edit"] as const).map(
    (name): [string, CtyValue] => {
      const shown = observed.access?.[name] ?? [];
      const same = equalValues(
        [...(declared[name] ?? [])].sort(),
        [...shown].sort(),
      );
      return [name, same ? (declared[name] ?? null) : shown];
    },
  );
  return recordOf(members);
}

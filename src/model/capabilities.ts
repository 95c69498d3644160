import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { formatOwner, type Owner, type OwnerKind } from "./owner";
import { parseConnectionTypeName } from "./connection-type-name";

/**
 * What a platform can do, as data. Capabilities drive the diagnostics at plan
 * time and the support table in the docs; an adapter needs no stub methods.
 */
export interface Capabilities {
  /** Who may own a connection there. */
  readonly owners: readonly OwnerKind[];
  /** The catalogue types that it can hold. */
  readonly types: readonly string[] | "all";
  /** The optional features that it has. */
  readonly features: readonly Feature[];
  /** For features that it lacks: what it has instead, as a sentence. */
  readonly instead?: Readonly<Partial<Record<Feature, string>>>;
  /** Top-level config fields whose change needs a new connection, by catalogue type; `*` is for all types. */
  readonly immutableFields?: Readonly<Record<string, readonly string[]>>;
  /** Top-level config fields that can be changed but not taken back, so that doing without needs a new connection; keys as above. */
  readonly irremovableFields?: Readonly<Record<string, readonly string[]>>;
  /** Whether two connections of one owner may have the same name; they are told apart by the platform's own ids then. @default false */
  readonly sharedNames?: boolean;
  /** The kinds of principals that access lists may name, each with an example (`user/jane`). @default those of `Access` */
  readonly principals?: Readonly<Record<string, string>>;
  /** Whether an update that changes plain fields may lose secrets that are not sent with it. @default false */
  readonly secretsWithEveryUpdate?: boolean;
}

/** Everything beyond create, read, update and delete of connections. */
export const features = [
  /** All connections of an owner can be listed. */
  "list",
  /** A connection can be renamed in place. */
  "rename",
  "description",
  /** There is a place for fields that the catalogue's types do not name. */
  "extra",
  "attachments",
  "links",
  /** Plain fields can be overridden per deployment. */
  "overrides",
  "override_secrets",
  "auto_link",
  /** Connections are kept in folders. */
  "folders",
  "access",
  /** A connection can be tested before it is created or changed. */
  "verify",
  "usage",
  "status",
  /** Changes of secrets that were made elsewhere are noticed. */
  "secrets_version",
  /** Workspaces and deployments can be looked up. */
  "inventory",
  /** Workspaces and deployments can be created and deleted. */
  "manage_inventory",
  /** Those that are managed can be renamed in place, and deployments moved to other workspaces. */
  "change_inventory",
] as const;
export type Feature = (typeof features)[number];

/** How a feature is called in messages. */
export const featureTitles: Readonly<Record<Feature, string>> = {
  list: "listing connections",
  rename: "renaming a connection",
  description: "descriptions of connections",
  extra: "fields that the catalogue's type does not name",
  attachments: "workspace attachments",
  links: "deployment links",
  overrides: "overrides per deployment",
  override_secrets: "overrides of secrets per deployment",
  auto_link: "auto-link",
  folders: "folders of connections",
  access: "access lists",
  verify: "connection tests",
  usage: "the usage of a connection",
  status: "the status of a connection",
  secrets_version: "noticing secrets that were changed elsewhere",
  inventory: "looking up workspaces and deployments",
  manage_inventory: "managing workspaces and deployments",
  change_inventory: "renaming workspaces and deployments, moving deployments",
};

/** What of the capabilities concerns messages: the title is the platform's name for people. */
export interface PlatformIdentity {
  readonly title: string;
  readonly capabilities: Capabilities;
}

export function hasFeature(
  platform: PlatformIdentity,
  feature: Feature,
): boolean {
  return platform.capabilities.features.includes(feature);
}

/** Nothing where the platform has the feature; else the error that says what it has instead. */
export function requireFeature(
  platform: PlatformIdentity,
  feature: Feature,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  if (hasFeature(platform, feature)) return [];
  const instead = platform.capabilities.instead?.[feature];
  return [
    errorDiagnostic({
      code: "unsupported",
      path,
      detail: `${platform.title} has no support for ${featureTitles[feature]}.${instead === undefined ? " Remove it." : ` ${instead}`}`,
    }),
  ];
}

/** Nothing where such an owner may have connections there; else the error that lists who may. */
export function requireOwner(
  platform: PlatformIdentity,
  owner: Owner,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  const { owners } = platform.capabilities;
  if (owners.includes(owner.kind)) return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path,
      detail: `On ${platform.title}, ${formatOwner(owner)} cannot own a connection. Owners there are of these kinds: ${owners.join(", ")}.`,
    }),
  ];
}

/** Nothing where the platform can hold the type; else the error that says which it can. */
export function requireType(
  platform: PlatformIdentity & { readonly name: string },
  type: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  const parsed = parseConnectionTypeName(type);
  const { types } = platform.capabilities;
  if (parsed.kind === "native") {
    if (parsed.platform === platform.name) return [];
    return [
      errorDiagnostic({
        code: "unsupported",
        path,
        detail: `${JSON.stringify(type)} is a native type of the platform ${JSON.stringify(parsed.platform)}; this provider manages ${platform.title}. Native types here begin with "${platform.name}:".`,
      }),
    ];
  }
  if (types === "all" || types.includes(type)) return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path,
      detail: `${platform.title} has no connections of type ${JSON.stringify(type)}. It has: ${types.join(", ")}; any other of its own types as "${platform.name}:TYPE".`,
    }),
  ];
}

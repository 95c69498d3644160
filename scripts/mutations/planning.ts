/** Rules about what is planned: what differs, what replaces, what is refused. */
import type { Mutation } from "./mutation";

const connectionPlan = "src/plan/connection/plan-connection.ts";
const connectionSupport = "src/plan/connection/connection-support.ts";
const connectionRecord =
  "src/provider/resources/connection/connection-record.ts";
const child = "src/plan/child.ts";
const linkPlan = "src/plan/link/plan-link.ts";
const plannedSet = "src/plan/planned-set.ts";
const replacement = "src/plan/connection/replacement.ts";

export const planningMutations: readonly Mutation[] = [
  {
    what: "a protected connection is replaced",
    file: connectionPlan,
    find: "if (!isHeld) return [];",
    replace: "if (isHeld || !isHeld) return [];",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a name that is declared twice is not noticed",
    file: plannedSet,
    find: "if (holder === undefined) return [];",
    replace: "return [];",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "the second call of a replacement counts as another declaration",
    file: plannedSet,
    find: "if (options.again) return [];",
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "the second call of a replacement does not tell that the connection is made anew",
    file: plannedSet,
    find: 'const isMadeAnew = action === "create" || action === "replace";',
    replace: 'const isMadeAnew = action === "replace";',
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a link is not told that its connection is made anew",
    file: plannedSet,
    find: 'const isMadeAnew = action === "create" || action === "replace";',
    replace: 'const isMadeAnew = action === "create" && false;',
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a link stays when its connection is made anew",
    file: child,
    find: "...(isAnother(reference) ? [[attribute]] : []),",
    replace: "",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a link is made anew when its connection is renamed",
    file: child,
    find: "return before !== undefined && before === now;",
    replace: "return false;",
    tests: ["following.test.ts"],
  },
  {
    what: "a link is gone when its connection was renamed elsewhere",
    file: "src/apply/snapshot.ts",
    find: "if (isMeant || this.#source.list === undefined) return named;",
    replace: "return named;",
    tests: ["following.test.ts"],
  },
  {
    what: "a deployment is not made anew with its workspace",
    file: "src/plan/inventory.ts",
    find: "...(now === KNOWN_AFTER_APPLY && before[argument] === after[argument]",
    replace: "...(before[argument] === undefined && now === undefined",
    tests: ["following.test.ts"],
  },
  {
    what: "an attachment stays when its connection is made anew",
    file: "src/provider/resources/attachment-resource.ts",
    find: "parent: await findParent(declared.connection, context),",
    replace: 'parent: { kind: "not_known" },',
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a feature that the platform lacks is not refused",
    file: connectionSupport,
    find: '...requireFeature(rules, "access", ["access"]),',
    replace: "",
    tests: ["lacking-features.test.ts"],
  },
  {
    what: "an owner that the platform has not is not refused",
    file: connectionSupport,
    find: ': requireOwner(rules, knownOwner, ["owner"])),',
    replace: ": []),",
    tests: ["plan-set.test.ts"],
  },
  {
    what: "a type that the platform has not is not refused",
    file: connectionSupport,
    find: ': requireType(rules, type, ["type"])),',
    replace: ": []),",
    tests: ["plan-set.test.ts"],
  },
  {
    what: "secrets that the type needs and nobody gives are not missed",
    file: connectionPlan,
    find: "? missingSecrets(declared, config)",
    replace: "? []",
    tests: ["secrets-life-cycle.test.ts"],
  },
  {
    what: "a configuration in other words is an update",
    file: connectionRecord,
    find: 'argument: "config",\n      following: ["connection_string"],',
    replace: 'argument: "overrides",\n      following: [],',
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "what the platform cannot hold is not told in the plan",
    file: "src/plan/rules.ts",
    find: "const checkConnection = opened?.connections.check;",
    replace:
      "const checkConnection = undefined as typeof opened extends never ? never : undefined;",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "an access list that is not declared any more counts as taken away",
    file: connectionRecord,
    find: 'access: config["access"] ?? prior?.["access"] ?? null,',
    replace: 'access: config["access"] ?? null,',
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a folder that is not declared any more counts as taken away",
    file: connectionRecord,
    find: 'parent: config["parent"] ?? prior?.["parent"] ?? null,',
    replace: 'parent: config["parent"] ?? null,',
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "the provider's organization is not the owner of what says none",
    file: "src/provider/resources/declared-owner.ts",
    find: "if (defaultOwner !== undefined) return formatOwner(defaultOwner);",
    replace: "void formatOwner;",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "another type is an update",
    file: replacement,
    find: 'if (isStoredOtherwise(before, after, platform)) paths.push(["type"]);',
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "another owner is an update",
    file: replacement,
    find: 'if (ownerText(before.owner) !== ownerText(after.owner)) paths.push(["owner"]);',
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "another name is an update where the platform cannot rename",
    file: replacement,
    find: 'if (before.name !== after.name && !hasFeature(platform, "rename"))',
    replace: "if (false)",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "fields that cannot change are changed",
    file: replacement,
    find: "...fieldsFor(type, immutableFields).filter(changed),",
    replace: "",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "fields that cannot be taken back are taken back",
    file: replacement,
    find: "(field) => changed(field) && isAbsent(after.config, field),",
    replace: "() => false,",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "fields that cannot change for any type are forgotten",
    file: replacement,
    find: 'return [...(fields["*"] ?? []), ...(fieldOf(fields, type) ?? [])];',
    replace: "return [...(fieldOf(fields, type) ?? [])];",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "a link does not see its connection as planned",
    file: "src/provider/resources/parent.ts",
    find: "connection === KNOWN_AFTER_APPLY ? undefined : planned.parent(connection);",
    replace: "undefined as ReturnType<typeof planned.parent>;",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a link whose connection has changed unseen is planned as if it had not",
    file: linkPlan,
    find: "...(before === undefined ? [] : staleFaults(before, parent)),",
    replace: "",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a deployment that is linked twice is not noticed",
    file: plannedSet,
    find: "const key = `${planned.kind} ${id}`;",
    replace:
      'const key = `${planned.kind} ${id} ${planned.kind === "link" ? Math.random() : 0}`;',
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "overrides are not merged into what a deployment sees",
    file: linkPlan,
    find: "? effective(parent.config, overrides)",
    replace: "? parent.config",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "overrides are not held to the connection's type",
    file: linkPlan,
    find: "...overrideFaults(declared, parent),",
    replace: "",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a plan that knew less is not kept to while it is carried out",
    file: "src/provider/resources/as-it-was.ts",
    find: 'if (typeof id !== "string" || !context.wasRead(id)) return planned;',
    replace: 'if (typeof id !== "string") return planned;',
    tests: ["known-later.test.ts"],
  },
  {
    what: "a deployment that moves is not moved",
    file: "src/plan/inventory.ts",
    find: "...(workspace === undefined ? {} : { workspace }),",
    replace:
      "...(before?.workspace === undefined ? {} : { workspace: before.workspace }),",
    tests: ["test/oracle/oracle.test.ts"],
  },
];

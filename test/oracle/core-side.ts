/** A world through the core by itself: planned by `planSet`, carried out by `carryOutAll`. No Terraform in between. */
import { readWithAccess, Snapshot } from "../../src/apply";
import { carryOutAll } from "../../src/apply/carry-out-all";
import { formatDiagnostic, hasErrors, Secret } from "../../src/diagnostics";
import {
  canonicalJson,
  formatConnectionKey,
  hasFeature,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  leafPaths,
  type ObservedConnection,
  type Owner,
  parseConnectionKey,
  parseOwner,
  type Platform,
  type Value,
} from "../../src/model";
import {
  type Declared,
  type DeclaredLink,
  nothingRemembered,
  type ObservedSet,
  type OrLater,
  type Planned,
  type PlannedRemoval,
  planSet,
  rulesOf,
  type SecretsMemory,
  type SetPlan,
} from "../../src/plan";
import { countingPlatform } from "./counting-platform";
import { valueAt } from "./declarations";
import { driftOn } from "./drift";
import type { Ground } from "./grounds/ground";
import { meaningOf } from "./meaning";
import type { Outcome, PlannedThing, Refused, Side } from "./outcome";
import {
  type DeclaredSecrets,
  type DeclaredThing,
  hasLater,
  keyOf,
  Later,
  type MaybeLater,
  parentOf,
  type Parts,
  settledValue,
  thingAt,
  type World,
} from "./world";

export const coreSide: Side = {
  name: "planSet and carryOutAll",
  canPlay,
  play: throughTheCore,
};

/**
 * Without a state, an object is found by its natural key alone, nobody can ask
 * for one to be made anew, an access list that is declared no more is forgotten,
 * and a protection that is declared counts as having been there.
 */
function canPlay({ before, after }: World): boolean {
  return [...before, ...after].every((thing) => {
    const earlier = thingAt(before, thing.address);
    const forgets =
      thing.kind === "connection" &&
      earlier?.kind === "connection" &&
      ((earlier.access !== undefined && thing.access === undefined) ||
        (earlier.deletionProtection !== true &&
          thing.deletionProtection === true));
    if (forgets) return false;
    const { recreate, ...rest } = thing;
    const keys = ["name", "owner", "workspace", "deployment"] as const;
    return (
      recreate !== true &&
      keys.every((key) => !hasLater((rest as Record<string, unknown>)[key]))
    );
  });
}

async function throughTheCore(
  world: World,
  ground: Ground,
): Promise<Outcome | Refused> {
  await ground.reset();
  const { platform, writes } = countingPlatform(ground.platform);
  const core = new Core(platform, world);
  const first = await core.plan(world.before, "apply");
  if (hasErrors(first.diagnostics)) return { refused: texts(first) };
  const begun = await core.carryOut(first.planned);
  if (begun.length > 0) return { refused: begun };
  core.remember(world.before);
  for (const drift of world.drift) await driftOn(ground, world, drift);

  const before = ground.view();
  writes.length = 0;
  const sent = ground.changesSent();
  const plan = await core.plan(world.after, "plan");
  const settled = await core.plan(world.after, "apply");
  const writesOfPlan = writes.length + (ground.changesSent() === sent ? 0 : 1);
  if (hasErrors(plan.diagnostics)) return { refused: texts(plan) };
  const failures = await core.carryOut(
    asPlanned(settled.planned, plan.planned),
  );
  const carriedOut = [...writes];
  core.remember(world.after);
  const next = await core.plan(world.after, "apply");
  return {
    planned: new Map(
      plan.planned.map((one) => {
        const thing = core.thingOf(one);
        const key = thing?.address ?? `${one.kind} ${String(one.id)}`;
        return [key, plannedThing(one, thing, world)];
      }),
    ),
    before,
    after: ground.view(),
    writesOfPlan,
    writes: carriedOut,
    effective: new Map(
      next.planned.flatMap((one) =>
        one.kind === "link" && "effective" in one
          ? [
              [
                String(one.id),
                meaningOf(core.typeOfLink(one), one.effective as JsonObject),
              ] as const,
            ]
          : [],
      ),
    ),
    failures,
    unsettled:
      failures.length > 0
        ? []
        : next.planned
            .filter(({ action }) => action !== "none")
            .map(({ kind, id, action }) => `${kind} ${String(id)}: ${action}`),
  };
}

/** A replacement that was planned with parts that were known later is carried out, though they turn out to be as before. */
function asPlanned(
  settled: SetPlan["planned"],
  plan: SetPlan["planned"],
): SetPlan["planned"] {
  const replaced = new Set(
    plan
      .filter(({ action }) => action === "replace")
      .map(({ kind, id }) => `${kind} ${String(id)}`),
  );
  return settled.map((one) =>
    one.declared !== undefined && replaced.has(`${one.kind} ${String(one.id)}`)
      ? { ...one, action: "replace" }
      : one,
  );
}

/** What a door keeps beside the core: who was asked about, and what is remembered of secrets. */
class Core {
  readonly #memories = new Map<string, SecretsMemory>();
  readonly #ids = new Map<string, string>();

  constructor(
    readonly platform: Platform,
    readonly world: World,
  ) {}

  async plan(
    things: readonly DeclaredThing[],
    phase: "plan" | "apply",
  ): Promise<SetPlan> {
    const declared = things.map((one) =>
      declaredOf(one, things, this.world.organization, phase),
    );
    return planSet(
      declared,
      await this.#observed(things),
      rulesOf(this.platform),
      {
        titles: {
          connection: "connection",
          attachment: "attachment",
          link: "link",
          workspace: "workspace",
          deployment: "deployment",
        },
        memory: (id) => this.#memories.get(id) ?? nothingRemembered,
        prune: true,
      },
    );
  }

  /** @returns what failed */
  async carryOut(planned: SetPlan["planned"]): Promise<readonly string[]> {
    const place = {
      platform: this.platform,
      snapshot: new Snapshot(this.platform),
    };
    const outcomes = await carryOutAll(planned, place, { concurrency: 3 });
    for (const { planned: one, half, outcome, secrets } of outcomes) {
      const id = String(one.id);
      if (half === "remove") this.#memories.delete(id);
      if (half === "remove" || outcome !== "done") continue;
      const shown = await shownAfter(one, place.snapshot);
      if (one.kind === "connection") this.#ids.set(id, shown.platformId ?? "");
      if (secrets?.sent !== undefined)
        this.#memories.set(
          id,
          memoryOf(secrets.sent.reveal(), secrets.revision, shown),
        );
    }
    return outcomes.flatMap(({ diagnostics }) =>
      diagnostics.map((one) => formatDiagnostic(one)),
    );
  }

  /** What a door remembers of declarations that were carried out. */
  remember(things: readonly DeclaredThing[]): void {
    for (const thing of things) {
      const id = keyOf(thing, things, this.world.organization);
      const secrets = "secrets" in thing ? thing.secrets : undefined;
      this.#memories.set(id, {
        ...(this.#memories.get(id) ?? nothingRemembered),
        version:
          secrets?.version === undefined
            ? undefined
            : settledValue(secrets.version),
      });
    }
  }

  thingOf(planned: Planned | PlannedRemoval): DeclaredThing | undefined {
    return planned.declared === undefined
      ? undefined
      : this.world.after.find(
          (thing) =>
            thing.kind === planned.kind &&
            keyOf(thing, this.world.after, this.world.organization) ===
              planned.id,
        );
  }

  typeOfLink(planned: Planned): string {
    const thing = this.thingOf(planned);
    if (thing?.kind !== "link") throw new Error("that is no link");
    return settledValue(parentOf(thing, this.world.after).type);
  }

  /** What the platform shows of the owners that the world speaks of. */
  async #observed(things: readonly DeclaredThing[]): Promise<ObservedSet> {
    const { platform, world } = this;
    const { connections, attachments, links, inventory } = platform;
    const keys = new Set(
      [...world.before, ...world.after]
        .filter(({ kind }) => kind === "connection")
        .map((one) =>
          keyOf(
            one,
            world.before.includes(one) ? world.before : world.after,
            world.organization,
          ),
        ),
    );
    const owners = [
      ...new Map(
        [...keys].map((key) => {
          const { owner } = known(parseConnectionKey(key));
          return [canonicalJson(owner as unknown as JsonObject), owner];
        }),
      ).values(),
    ];
    const organization: Owner = known(
      parseOwner(`organization/${world.organization}`),
    );
    const managed = hasFeature(platform, "manage_inventory");
    const of = async <T>(list: (owner: Owner) => Promise<readonly T[]>) =>
      (await Promise.all(owners.map(list))).flat();
    const shown =
      connections.list === undefined
        ? await this.#oneByOne([...keys])
        : await of((owner) => connections.list!(owner));
    // Some are there in every world, and not this world's to take away.
    const isOurs = (kind: "workspace" | "deployment", name: string) =>
      [...world.before, ...world.after].some(
        (one) => one.kind === kind && settledValue(one.name) === name,
      );
    return {
      workspaces: managed
        ? (await inventory!.listWorkspaces(organization)).filter(({ name }) =>
            isOurs("workspace", name),
          )
        : [],
      deployments: managed
        ? (await inventory!.listDeployments(organization)).filter(({ name }) =>
            isOurs("deployment", name),
          )
        : [],
      connections: await Promise.all(
        shown.map((one) => this.#withAccess(one, things)),
      ),
      attachments: await of(async (owner) => attachments?.list(owner) ?? []),
      links: await of(async (owner) => links?.list(owner) ?? []),
    };
  }

  async #oneByOne(
    keys: readonly string[],
  ): Promise<readonly ObservedConnection[]> {
    const found = await Promise.all(
      keys
        .filter((key) => this.#ids.has(key))
        .map((key) =>
          this.platform.connections.tryFind(known(parseConnectionKey(key)), {
            platformId: this.#ids.get(key),
          }),
        ),
    );
    return found.filter((one) => one !== undefined);
  }

  async #withAccess(
    connection: ObservedConnection,
    things: readonly DeclaredThing[],
  ): Promise<ObservedConnection> {
    const key = formatConnectionKey(connection);
    const declares = things.some(
      (one) =>
        one.kind === "connection" &&
        one.access !== undefined &&
        keyOf(one, things, this.world.organization) === key,
    );
    return declares ? readWithAccess(connection, this) : connection;
  }
}

interface Shown {
  readonly platformId?: string;
  readonly fields: readonly string[] | undefined;
  readonly version: number | undefined;
}

/** What the platform showed right after the write. */
async function shownAfter(
  planned: Planned | PlannedRemoval,
  snapshot: Snapshot,
): Promise<Shown> {
  if (planned.kind === "connection") {
    const key = known(parseConnectionKey(String(planned.id)));
    const shown = await snapshot.connections.tryFind(key);
    return {
      ...(shown === undefined ? {} : { platformId: shown.platformId }),
      fields: shown?.secretFields,
      version: shown?.secretsVersion,
    };
  }
  if (planned.kind !== "link") return { fields: undefined, version: undefined };
  const [connection = "", deployment = ""] = String(planned.id).split(
    "@deployment/",
  );
  const shown = await snapshot.links.tryFind({
    connection: known(parseConnectionKey(connection)),
    deployment,
  });
  return {
    fields: shown?.overrideSecretFields,
    version: shown?.overrideSecretsVersion,
  };
}

function memoryOf(
  sent: JsonObject,
  revision: number,
  shown: Shown,
): SecretsMemory {
  return {
    wereSent: Object.keys(sent).length > 0,
    isSame: (secrets) => canonicalJson(secrets) === canonicalJson(sent),
    revision,
    fields: shown.fields ?? leafPaths(sent),
    version: undefined,
    platformVersion: shown.version,
  };
}

function texts({ diagnostics }: SetPlan): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((one) => formatDiagnostic(one));
}

function known<T>(
  checked: { readonly ok: true; readonly value: T } | { readonly ok: false },
): T {
  if (checked.ok) return checked.value;
  throw new Error("a world has a key that is none");
}

/** A declaration as a front door decodes it. */
function declaredOf(
  thing: DeclaredThing,
  things: readonly DeclaredThing[],
  organization: string,
  phase: "plan" | "apply",
): Declared {
  const at = <T>(value: MaybeLater<T>): OrLater<T> =>
    value instanceof Later
      ? phase === "plan"
        ? KNOWN_AFTER_APPLY
        : (value.value as T)
      : value;
  const given = <T>(value: MaybeLater<T> | undefined) =>
    value === undefined ? undefined : at(value);
  const fields = (value: MaybeLater<Parts> | undefined): Value =>
    value === undefined ? null : valueAt(value, phase);
  const secrets = (
    from: DeclaredSecrets | undefined,
  ): Omit<DeclaredLink["secrets"], "argument"> => ({
    value: new Secret(fields(from?.value)),
    version: given(from?.version),
  });
  switch (thing.kind) {
    case "workspace":
    case "deployment":
      return {
        kind: thing.kind,
        owner: thing.owner ?? `organization/${organization}`,
        name: at(thing.name),
        workspace: thing.workspace,
      };
    case "connection":
      return {
        kind: "connection",
        owner: given(thing.owner) ?? `organization/${organization}`,
        name: at(thing.name),
        type: at(thing.type),
        description: given(thing.description),
        config: fields(thing.config),
        secrets: { ...secrets(thing.secrets), argument: "secrets" },
        autoLink: given(thing.autoLink),
        autoLinkExcept: thing.autoLinkExcept,
        access: thing.access && {
          view: thing.access.view,
          use: thing.access.use,
          edit: thing.access.edit,
        },
        parent: given(thing.parent),
        verify: thing.verify,
        deletionProtection: thing.deletionProtection,
      };
    case "attachment":
      return {
        kind: "attachment",
        connection: keyOf(parentOf(thing, things), things, organization),
        workspace: at(thing.workspace),
      };
    case "link":
      return {
        kind: "link",
        connection: keyOf(parentOf(thing, things), things, organization),
        deployment: at(thing.deployment),
        overrides: fields(thing.overrides),
        secrets: { ...secrets(thing.secrets), argument: "override_secrets" },
      };
  }
}

/** Keys, and what no platform stores. */
const notCompared = new Set([
  "name",
  "owner",
  "connection_id",
  "deployment",
  "verify",
  "deletion_protection",
  "secrets_version",
  "override_secrets_version",
]);

function plannedThing(
  planned: Planned | PlannedRemoval,
  thing: DeclaredThing | undefined,
  world: World,
): PlannedThing {
  const { kind, action, before } = planned;
  const common = {
    kind,
    id: String(planned.id),
    was: before?.id,
    action,
  };
  if (planned.declared === undefined)
    return { ...common, changed: [], open: [], unseen: [] };
  const changed = new Set<string>();
  const open = new Set<string>();
  const ours = new Set<string>();
  const unseen =
    before === undefined ? new Set<string>() : notLookedAt(thing, world);
  for (const field of planned.fields) {
    const [argument] = field.path;
    if (String(argument).endsWith("_version")) ours.add(String(argument));
    if (notCompared.has(String(argument))) continue;
    if (kind === "attachment" && argument === "workspace") continue;
    if (field.kind === "secret") {
      const sent = "secrets" in planned ? planned.secrets.send : true;
      (sent === KNOWN_AFTER_APPLY ? open : changed).add(String(argument));
    } else if (unseen.has(String(argument))) open.add(String(argument));
    else leaves(field.path.map(String), field.before, field.after);
  }
  return {
    ...common,
    changed: [...changed].filter((path) => !isBelow(path, open)).sort(),
    open: [...open].sort(),
    unseen:
      action === "update"
        ? [...ours, ...(kind === "link" ? ["effective"] : [])]
        : [],
  };

  /** Each value that differs, by itself; what means the same by the worlds' own account is none. */
  function leaves(
    path: readonly string[],
    was: Value | undefined,
    is: Value | undefined,
  ): void {
    if (is === KNOWN_AFTER_APPLY || was === KNOWN_AFTER_APPLY) {
      open.add(path.join("."));
      return;
    }
    if ((isObject(was) || isObject(is)) && path[0] !== "auto_link_except") {
      const names = new Set([
        ...Object.keys(isObject(was) ? was : {}),
        ...Object.keys(isObject(is) ? is : {}),
      ]);
      for (const name of names)
        leaves(
          [...path, name],
          isObject(was) ? was[name] : undefined,
          isObject(is) ? is[name] : undefined,
        );
      return;
    }
    if (meansNothing(path, was) && meansNothing(path, is)) return;
    changed.add(path.join("."));
  }

  function meansNothing(
    path: readonly string[],
    value: Value | undefined,
  ): boolean {
    if (value === undefined) return true;
    const [argument, field] = path;
    if (argument === "auto_link") return value === false;
    if (argument === "parent") return value === "/";
    if (
      Array.isArray(value) &&
      argument !== "config" &&
      argument !== "overrides"
    )
      return value.length === 0;
    if (argument !== "config" || path.length !== 2) return false;
    const type = thing?.kind === "connection" ? settledValue(thing.type) : "";
    return meaningOf(type, { [field!]: value as JsonValue }).size === 0;
  }
}

function isBelow(path: string, roots: ReadonlySet<string>): boolean {
  return [...roots].some(
    (root) => path === root || path.startsWith(`${root}.`),
  );
}

/** What Terraform's state leaves out as long as it is not declared is not looked at before. */
function notLookedAt(
  thing: DeclaredThing | undefined,
  world: World,
): ReadonlySet<string> {
  const earlier = thing && thingAt(world.before, thing.address);
  if (earlier?.kind !== "connection") return new Set();
  return new Set(
    (["access", "parent"] as const).filter(
      (name) => earlier[name] === undefined,
    ),
  );
}

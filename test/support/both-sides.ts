/**
 * One declaration through both doors' common ground, each on a platform of its
 * own: through the provider's RPCs, and through the core by itself.
 */
import { Snapshot } from "../../src/apply";
import { carryOutAll } from "../../src/apply/carry-out-all";
import {
  type Diagnostic,
  type DiagnosticCode,
  formatPath,
} from "../../src/diagnostics";
import {
  type Capabilities,
  isKnown,
  isObject,
  type Owner,
  type Platform,
  type Value,
  formatFieldPath,
  splitRemovals,
} from "../../src/model";
import {
  type Declared,
  nothingRemembered,
  type ObservedSet,
  planSet,
  rulesOf,
  type SecretsMemory,
  type SetPlan,
} from "../../src/plan";
import {
  codesOf,
  type Declared as Block,
  dynamic,
} from "../../src/provider/server/core-fixture";
import { coreOn } from "../../src/provider/server/declared-fixture";
import {
  type CtyValue,
  recordOf,
  type WireDiagnostic,
} from "../../src/provider/wire";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../../src/testing";

/** What one declaration meets. */
export interface Story {
  /** @default everything */
  readonly capabilities?: Partial<Capabilities>;
  /** The platform with a peculiarity. @default as it is */
  readonly platform?: (memory: MemoryPlatform) => Platform;
  /** What somebody else has made, or what will go wrong, before anything of ours is there. */
  readonly there?: (memory: MemoryPlatform) => unknown;
  /** What is declared and carried out first. @default nothing */
  readonly before?: readonly Declared[];
  readonly declared: readonly Declared[];
  /** What happens between the plan and carrying it out. */
  readonly meanwhile?: (memory: MemoryPlatform) => unknown;
}

/** What a side says, as `code path`, sorted; and what it wrote while it planned. */
export interface Told {
  readonly plan: readonly string[];
  /** Undefined where the plan has errors, and is not carried out. */
  readonly carriedOut: readonly string[] | undefined;
  readonly writesOfPlan: readonly string[];
}

export async function throughTheProvider(story: Story): Promise<Told> {
  const { memory, platform } = await placeOf(story);
  const core = coreOn(platform, {});
  const first = blocksOf(story.before ?? []);
  expect((await core.apply(first)).diagnostics).toEqual([]);
  memory.resetCalls();
  const blocks = blocksOf(story.declared);
  const plan = await core.plan(blocks);
  const writesOfPlan = writesOf(memory);
  if (plan.diagnostics.some(({ severity }) => severity === "error"))
    return {
      plan: onWire(plan.diagnostics),
      carriedOut: undefined,
      writesOfPlan,
    };
  await story.meanwhile?.(memory);
  const walk = await core.carryOut(blocks, plan);
  // Planning again, as carrying out does, warns again.
  const errors = walk.diagnostics.filter(
    ({ severity }) => severity === "error",
  );
  return {
    plan: onWire(plan.diagnostics),
    carriedOut: onWire(errors),
    writesOfPlan,
  };
}

export async function throughTheCore(story: Story): Promise<Told> {
  const { memory, platform } = await placeOf(story);
  const ours = new Set<string>();
  const memories = new Map<string, SecretsMemory>();
  const planned = async (declared: readonly Declared[]): Promise<SetPlan> => {
    const plan = planSet(
      declared,
      await observed(platform),
      rulesOf(platform),
      {
        titles,
        memory: (id) => memories.get(id) ?? nothingRemembered,
        prune: true,
      },
    );
    return {
      ...plan,
      // What others have made is nobody's to take away.
      planned: plan.planned.filter(
        ({ id, action }) => action !== "delete" || ours.has(String(id)),
      ),
    };
  };
  const carriedOut = async ({ planned: steps }: SetPlan) => {
    const place = { platform, snapshot: new Snapshot(platform) };
    const outcomes = await carryOutAll(steps, place, { concurrency: 1 });
    for (const { planned: one, secrets } of outcomes) {
      ours.add(String(one.id));
      const sent = secrets?.sent?.reveal();
      if (sent !== undefined)
        memories.set(String(one.id), {
          ...nothingRemembered,
          wereSent: true,
          isSame: (other) => JSON.stringify(other) === JSON.stringify(sent),
          revision: secrets!.revision,
          fields: Object.keys(sent),
          version: versionOf(one.declared),
        });
    }
    return outcomes
      .filter(({ outcome }) => outcome === "failed")
      .flatMap(({ diagnostics }) => diagnostics);
  };
  const first = await planned(story.before ?? []);
  expect(first.diagnostics).toEqual([]);
  expect(await carriedOut(first)).toEqual([]);
  memory.resetCalls();
  const plan = await planned(story.declared);
  const told = {
    plan: said(plan.diagnostics.map(withoutId)),
    writesOfPlan: writesOf(memory),
  };
  if (plan.diagnostics.some(({ severity }) => severity === "error"))
    return { ...told, carriedOut: undefined };
  await story.meanwhile?.(memory);
  return { ...told, carriedOut: said(await carriedOut(plan)) };
}

const titles = {
  workspace: "patchbay_workspace",
  deployment: "patchbay_deployment",
  connection: "patchbay_connection",
  attachment: "patchbay_workspace_attachment",
  link: "patchbay_deployment_link",
};

const acme = { kind: "organization", name: "acme" } as const satisfies Owner;

async function placeOf({
  capabilities,
  platform = (memory) => memory,
  there,
}: Story): Promise<{
  readonly memory: MemoryPlatform;
  readonly platform: Platform;
}> {
  const memory = createMemoryPlatform({
    name: "hub",
    title: "Hub",
    organization: acme.name,
    capabilities: { ...everyCapability, ...capabilities },
  });
  const { inventoryManagement } = memory;
  await inventoryManagement?.createWorkspace({
    owner: acme,
    name: "analytics",
  });
  await inventoryManagement?.createDeployment({
    owner: acme,
    name: "prod",
    workspace: "analytics",
  });
  await there?.(memory);
  return { memory, platform: platform(memory) };
}

async function observed({
  connections,
  attachments,
  links,
  inventory,
}: Platform): Promise<ObservedSet> {
  return {
    workspaces: (await inventory?.listWorkspaces(acme)) ?? [],
    deployments: (await inventory?.listDeployments(acme)) ?? [],
    connections: (await connections.list?.(acme)) ?? [],
    attachments: (await attachments?.list(acme)) ?? [],
    links: (await links?.list(acme)) ?? [],
  };
}

/** One resource block each, as a user would write it. */
function blocksOf(declared: readonly Declared[]): readonly Block[] {
  const addresses = new Map<string, number>();
  return declared.map((one) => {
    // The same object keeps its address.
    const key = `${one.kind}.${"name" in one ? String(one.name) : `${String(one.connection)}@${String("workspace" in one ? one.workspace : one.deployment)}`}`;
    const times = (addresses.get(key) ?? 0) + 1;
    addresses.set(key, times);
    return {
      address: `${key}#${times}`,
      type: titles[one.kind],
      config: () => argumentsOf(one),
    };
  });
}

function argumentsOf(one: Declared): Readonly<Record<string, CtyValue>> {
  switch (one.kind) {
    case "workspace":
    case "deployment":
      return {
        name: plain(one.name),
        owner: plain(one.owner),
        ...(one.kind === "deployment" && { workspace: plain(one.workspace) }),
      };
    case "connection":
      return {
        name: plain(one.name),
        owner: plain(one.owner),
        type: plain(one.type),
        description: plain(one.description),
        config: fields(one.config),
        [one.secrets.argument]: fields(one.secrets.value.reveal()),
        secrets_version: plain(one.secrets.version),
        auto_link: plain(one.autoLink),
        auto_link_except: plain(one.autoLinkExcept),
        access: isObject(one.access as Value)
          ? recordOf(
              (["view", "use", "edit"] as const).map((list) => [
                list,
                plain(
                  (one.access as Exclude<typeof one.access, symbol>)![list],
                ),
              ]),
            )
          : null,
        parent: plain(one.parent),
        verify: plain(one.verify),
        deletion_protection: plain(one.deletionProtection),
      };
    case "attachment":
      return {
        connection_id: plain(one.connection),
        workspace: plain(one.workspace),
      };
    case "link":
      return {
        connection_id: plain(one.connection),
        deployment: plain(one.deployment),
        ...overridesOf(one.overrides),
        [one.secrets.argument]: fields(one.secrets.value.reveal()),
        override_secrets_version: plain(one.secrets.version),
      };
  }
}

function versionOf(declared: Declared | undefined): string | undefined {
  if (declared?.kind !== "connection" && declared?.kind !== "link")
    return undefined;
  const { version } = declared.secrets;
  return typeof version === "string" ? version : undefined;
}

function plain(
  value: string | boolean | readonly string[] | symbol | undefined,
): CtyValue {
  if (typeof value === "symbol") throw new Error("these tests know everything");
  return value ?? null;
}

/** What null removes is an argument of its own in Terraform. */
function overridesOf(overrides: Value): Readonly<Record<string, CtyValue>> {
  if (!isObject(overrides)) return { overrides: fields(overrides) };
  const { given, removed } = splitRemovals(overrides);
  return {
    overrides: fields(given),
    ...(removed.length === 0
      ? {}
      : { removed_fields: removed.map(formatFieldPath) }),
  };
}

function fields(value: Value): CtyValue {
  if (!isKnown(value)) throw new Error("these tests know everything");
  return value === null ? null : dynamic(value);
}

/** Of a set, each path begins with the object. */
function withoutId(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, path: diagnostic.path.slice(1) };
}

function said(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .map(({ severity, code, path }) => text(severity, code, formatPath(path)))
    .sort();
}

function onWire(diagnostics: readonly WireDiagnostic[]): readonly string[] {
  const codes = codesOf(diagnostics) as readonly DiagnosticCode[];
  return diagnostics
    .map(({ severity = "", detail = "" }, index) => {
      const [, path = ""] = /\nPath: (.+)\nCode: \w+$/.exec(detail) ?? [];
      // There it points at the argument that removes, here at what is removed.
      return text(
        severity,
        codes[index]!,
        path === "removed_fields" ? "overrides.host" : path,
      );
    })
    .sort();
}

function text(severity: string, code: DiagnosticCode, path: string): string {
  return [...(severity === "error" ? [] : [severity]), code, path]
    .join(" ")
    .trim();
}

function writesOf(memory: MemoryPlatform): readonly string[] {
  return Object.keys(memory.callCounts()).filter((method) =>
    /\.(create|update|delete)/.test(method),
  );
}

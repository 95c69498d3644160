/**
 * Core, as far as a provider sees it: refreshes, validates, plans and applies in
 * the order and with the messages of Terraform, holds the provider to core's
 * rules, and keeps the state. Each walk configures anew, as a process of its own would.
 */
import type { PlatformDefinition, Value } from "../../model";
import { ProviderContext } from "../provider-context";
import { providerSchema } from "../schema/provider";
import { recordOfSchema, schemaType } from "../schema/schema-type";
import { fromValue } from "../state/values";
import {
  ctyEquals,
  type CtyRecord,
  type CtyValue,
  decodeDynamicValue,
  type DynamicValue,
  encodeDynamicValue,
  type ProviderService,
  type RawState,
  recordOf,
  type Schema,
  toDynamic,
  type WireDiagnostic,
} from "../wire";
import {
  checkKept,
  checkPlanned,
  checkState,
  replacingPathsOf,
} from "./core-rules-fixture";
import { createProviderService } from "./provider-service";
import { resourceOf } from "./schema-of";

export type Action = "create" | "update" | "replace" | "delete" | "no-op";

/** One resource block. Attributes that are not given are null. */
export interface Declared {
  readonly address: string;
  readonly type: string;
  /** What is only known after apply is `UNKNOWN` while planning. */
  readonly config: (
    phase: "plan" | "apply",
  ) => Readonly<Record<string, CtyValue>>;
  /** As `-replace=ADDRESS`. */
  readonly replace?: boolean;
}

export interface StoredObject {
  readonly type: string;
  readonly state: CtyRecord;
  readonly private: Uint8Array;
  readonly tainted: boolean;
}

/** An object as a state file holds it. */
export interface SavedObject {
  readonly type: string;
  /** As JSON; a dynamic value is `{"value":…,"type":…}`. */
  readonly state: string;
  readonly private: Uint8Array;
  readonly tainted: boolean;
}

/** An object as another provider left it in the state file. */
export interface ForeignObject {
  /** `registry.terraform.io/turbot/pipes` */
  readonly provider: string;
  readonly type: string;
  readonly state: Value;
}

export interface PlannedObject {
  readonly action: Action;
  readonly prior: CtyRecord | null;
  readonly planned: CtyRecord | null;
  readonly private: Uint8Array;
  /** The paths that force a replacement. */
  readonly because: readonly string[];
}

export interface Walk {
  readonly objects: ReadonlyMap<string, PlannedObject>;
  readonly diagnostics: readonly WireDiagnostic[];
}

/** Plain data for an attribute of type dynamic. */
export function dynamic(value: Value): CtyValue {
  return toDynamic(fromValue(value));
}

/** The path of the attribute that the first diagnostic points at. */
export function attributeOf(
  diagnostics: readonly WireDiagnostic[],
): readonly unknown[] {
  return (diagnostics[0]?.attribute?.steps ?? []).map(
    (step) => Object.values(step)[0],
  );
}

/** The stable codes, which close each detail. */
export function codesOf(
  diagnostics: readonly WireDiagnostic[] | undefined,
): readonly string[] {
  return (diagnostics ?? []).map(
    ({ detail = "" }) => /Code: (\w+)$/.exec(detail)?.[1] ?? "",
  );
}

export interface CoreOptions {
  readonly platforms: readonly PlatformDefinition[];
  /** The provider block. */
  readonly provider?: Readonly<Record<string, CtyValue>>;
  /** For many plans. @default each plan is made twice, and held against itself */
  readonly plansOnce?: boolean;
  /** Where Terraform runs. @default nowhere */
  readonly workingDirectory?: string;
}

export interface PlanOptions {
  /** As `-refresh=false` where it is false. @default true */
  readonly refresh?: boolean;
}

const NOTHING = new Uint8Array();

export class SimulatedCore {
  readonly service: ProviderService;
  readonly context: ProviderContext;
  readonly stored = new Map<string, StoredObject>();
  readonly warnings: string[] = [];
  readonly #options: CoreOptions;
  readonly #signal = new AbortController().signal;

  constructor(options: CoreOptions) {
    this.#options = options;
    const warn = (message: string, fields?: unknown) =>
      void this.warnings.push(`${message} ${JSON.stringify(fields)}`);
    this.context = new ProviderContext({
      platforms: options.platforms,
      environment: {},
      workingDirectory: options.workingDirectory ?? "/nowhere",
      log: { trace: () => undefined, debug: () => undefined, warn },
    });
    this.service = createProviderService(this.context);
  }

  /** Begins a walk. */
  async configure(
    provider = this.#options.provider ?? {},
  ): Promise<readonly WireDiagnostic[]> {
    const schema = providerSchema(this.#options.platforms);
    const config = encode(schema, recordOfSchema(schema, provider));
    const { diagnostics = [] } = await this.service.configureProvider(
      { terraformVersion: "1.11.4", config },
      this.#signal,
    );
    return diagnostics;
  }

  /** `terraform plan`, twice: a plan is the same each time. */
  async plan(
    declared: readonly Declared[],
    options: PlanOptions = {},
  ): Promise<Walk> {
    if (this.#options.plansOnce === true)
      return this.#planOnce(declared, options);
    const before = new Map(this.stored);
    const first = await this.#planOnce(declared, options);
    this.stored.clear();
    for (const [address, object] of before) this.stored.set(address, object);
    const second = await this.#planOnce(declared, options);
    if (!sameWalk(first, second)) throw new Error("core: plans differ");
    return second;
  }

  /** `terraform apply`: plans, and carries the plan out unless it has errors. */
  async apply(declared: readonly Declared[]): Promise<Walk> {
    const plan = await this.plan(declared);
    return isRefused(plan.diagnostics) ? plan : this.carryOut(declared, plan);
  }

  /** Carries out a plan that may have been made some time ago. */
  async carryOut(declared: readonly Declared[], plan: Walk): Promise<Walk> {
    const diagnostics = [...(await this.configure())];
    for (const [address, planned] of [...plan.objects].reverse()) {
      if (isRefused(diagnostics)) break;
      if (planned.action === "delete" || planned.action === "replace")
        diagnostics.push(...(await this.#destroy(address, planned)));
    }
    for (const one of declared) {
      const planned = plan.objects.get(one.address)!;
      if (isRefused(diagnostics)) break;
      if (planned.action !== "no-op")
        diagnostics.push(...(await this.#make(one, planned)));
    }
    return { objects: plan.objects, diagnostics };
  }

  /** `terraform import ADDRESS ID`, followed by the read that core never leaves out. */
  async import(
    declared: Pick<Declared, "address" | "type">,
    id: string,
  ): Promise<readonly WireDiagnostic[]> {
    await this.configure();
    const { schema } = resourceOf(declared.type);
    const { importedResources = [], diagnostics = [] } = await this.service
      .importResourceState!({ typeName: declared.type, id }, this.#signal);
    const [imported] = importedResources;
    if (imported === undefined) return diagnostics;
    this.stored.set(declared.address, {
      type: declared.type,
      state: decode(schema, imported.state)!,
      private: imported.private ?? NOTHING,
      tainted: false,
    });
    const read = await this.refresh(declared.address);
    if (!this.stored.has(declared.address))
      throw new Error("core: cannot import non-existent remote object");
    return read;
  }

  /** Takes an object from a state file, as every walk does first: what is told is that of the upgrade alone. */
  async load(
    address: string,
    saved: SavedObject,
  ): Promise<readonly WireDiagnostic[]> {
    const { type, tainted } = saved;
    const { upgradedState, diagnostics = [] } =
      await this.service.upgradeResourceState(
        { typeName: type, version: 0, rawState: rawState(saved.state) },
        this.#signal,
      );
    if (isRefused(diagnostics)) return diagnostics;
    const { schema } = resourceOf(type);
    const state = decode(schema, upgradedState);
    if (state === null) throw new Error("core: the upgraded state is null");
    checkState(schema, state);
    const object = { type, state, private: saved.private, tainted };
    this.stored.set(address, object);
    return diagnostics;
  }

  /** A `moved` block from another provider's resource, followed by the read of the plan that it is part of. */
  async move(
    declared: Pick<Declared, "address" | "type">,
    from: ForeignObject,
  ): Promise<readonly WireDiagnostic[]> {
    await this.configure();
    const { type, address } = declared;
    const answer = await this.service.moveResourceState!(
      {
        sourceProviderAddress: from.provider,
        sourceTypeName: from.type,
        sourceSchemaVersion: 0,
        sourceState: rawState(JSON.stringify(from.state)),
        targetTypeName: type,
        sourcePrivate: NOTHING,
        sourceIdentitySchemaVersion: 0,
      },
      this.#signal,
    );
    const { diagnostics = [] } = answer;
    if (isRefused(diagnostics)) return diagnostics;
    this.stored.set(address, {
      type,
      state: decode(resourceOf(type).schema, answer.targetState)!,
      private: answer.targetPrivate ?? NOTHING,
      tainted: false,
    });
    return [...diagnostics, ...(await this.refresh(address))];
  }

  taint(address: string): void {
    this.stored.set(address, { ...this.stored.get(address)!, tainted: true });
  }

  /** Reads one object of the state again. */
  async refresh(address: string): Promise<readonly WireDiagnostic[]> {
    const before = this.stored.get(address)!;
    const { schema } = resourceOf(before.type);
    const answer = await this.service.readResource(
      {
        typeName: before.type,
        currentState: encode(schema, before.state),
        private: before.private,
      },
      this.#signal,
    );
    const { diagnostics = [] } = answer;
    if (isRefused(diagnostics)) return diagnostics;
    const state = decode(schema, answer.newState);
    if (state === null) {
      this.stored.delete(address);
      return diagnostics;
    }
    checkState(schema, state);
    this.stored.set(address, {
      ...before,
      state,
      private: answer.private ?? NOTHING,
    });
    return diagnostics;
  }

  async validate(
    type: string,
    config: CtyRecord,
    writeOnlyAttributesAllowed = true,
  ): Promise<readonly WireDiagnostic[]> {
    const { schema } = resourceOf(type);
    const { diagnostics = [] } = await this.service.validateResourceConfig(
      {
        typeName: type,
        config: encode(schema, config),
        clientCapabilities: {
          deferralAllowed: false,
          writeOnlyAttributesAllowed,
          storePlannedPrivate: false,
          computedBlocksAllowed: false,
        },
      },
      this.#signal,
    );
    return diagnostics;
  }

  async #planOnce(
    declared: readonly Declared[],
    { refresh = true }: PlanOptions,
  ): Promise<Walk> {
    const diagnostics = [...(await this.configure())];
    const objects = new Map<string, PlannedObject>();
    for (const [address, { type }] of this.stored) {
      if (declared.some((one) => one.address === address)) continue;
      if (refresh) diagnostics.push(...(await this.refresh(address)));
      const now = this.stored.get(address);
      if (now === undefined) continue;
      const { schema } = resourceOf(type);
      const answer = await this.#call({
        type,
        prior: now.state,
        config: null,
        private: now.private,
      });
      diagnostics.push(...answer.diagnostics);
      if (answer.planned !== null)
        throw new Error("core: the plan of a deletion is not null");
      checkState(schema, now.state);
      objects.set(address, {
        action: "delete",
        prior: now.state,
        planned: null,
        private: answer.private,
        because: [],
      });
    }
    for (const one of declared) {
      if (refresh && this.stored.has(one.address))
        diagnostics.push(...(await this.refresh(one.address)));
      const { planned, diagnostics: found } = await this.#planOne(one, "plan");
      diagnostics.push(...found);
      if (planned !== undefined) objects.set(one.address, planned);
    }
    return { objects, diagnostics };
  }

  async #planOne(
    one: Declared,
    phase: "plan" | "apply",
  ): Promise<{
    readonly planned?: PlannedObject;
    readonly diagnostics: readonly WireDiagnostic[];
  }> {
    const { type } = one;
    const { schema } = resourceOf(type);
    const config = recordOfSchema(schema, one.config(phase));
    const faults = await this.validate(type, config);
    if (isRefused(faults)) return { diagnostics: faults };
    const stored = this.stored.get(one.address);
    const prior = stored === undefined || stored.tainted ? null : stored.state;
    const first = await this.#call({
      type,
      prior,
      config,
      private: prior === null ? NOTHING : stored!.private,
    });
    if (isRefused(first.diagnostics)) return { diagnostics: first.diagnostics };
    checkPlanned({ schema, prior, config, planned: first.planned! });
    const because =
      prior === null
        ? []
        : replacingPathsOf(first.requiresReplace, prior, first.planned!);
    const replaces =
      because.length > 0 ||
      (prior !== null && one.replace === true && phase === "plan");
    const action = actionOf({
      schema,
      prior,
      planned: first.planned!,
      replaces,
      tainted: stored?.tainted === true,
    });
    if (!replaces) {
      return {
        diagnostics: first.diagnostics,
        planned: {
          action,
          prior,
          because,
          planned: first.planned,
          private: first.private,
        },
      };
    }
    const second = await this.#call({
      type,
      prior: null,
      config,
      private: first.private,
    });
    return {
      diagnostics: [...first.diagnostics, ...second.diagnostics],
      planned: {
        action,
        prior,
        because,
        planned: second.planned,
        private: second.private,
      },
    };
  }

  async #call(options: {
    readonly type: string;
    readonly prior: CtyRecord | null;
    readonly config: CtyRecord | null;
    readonly private: Uint8Array;
  }) {
    const { type, prior, config } = options;
    const { schema } = resourceOf(type);
    const answer = await this.service.planResourceChange(
      {
        typeName: type,
        priorState: encode(schema, prior),
        proposedNewState: encode(
          schema,
          config === null ? null : proposed(schema, prior, config),
        ),
        config: encode(schema, config),
        priorPrivate: options.private,
        plannedPrivate: NOTHING,
      },
      this.#signal,
    );
    return {
      diagnostics: answer.diagnostics ?? [],
      planned: decode(schema, answer.plannedState),
      private: answer.plannedPrivate ?? NOTHING,
      requiresReplace: answer.requiresReplace ?? [],
    };
  }

  /** Of a replacement with what the plan of the new object keeps, as core does it. */
  async #destroy(
    address: string,
    { private: remembered }: PlannedObject,
  ): Promise<readonly WireDiagnostic[]> {
    const { type, state } = this.stored.get(address)!;
    const { schema } = resourceOf(type);
    const answer = await this.service.applyResourceChange(
      {
        typeName: type,
        priorState: encode(schema, state),
        plannedState: encode(schema, null),
        config: encode(schema, null),
        plannedPrivate: remembered,
      },
      this.#signal,
    );
    const { diagnostics = [] } = answer;
    if (isRefused(diagnostics)) return diagnostics;
    if (decode(schema, answer.newState) !== null)
      throw new Error("core: the state of what was deleted is not null");
    this.stored.delete(address);
    return diagnostics;
  }

  async #make(
    one: Declared,
    before: PlannedObject,
  ): Promise<readonly WireDiagnostic[]> {
    const { schema } = resourceOf(one.type);
    const again = await this.#planOne(one, "apply");
    const { planned } = again;
    if (planned === undefined || isRefused(again.diagnostics))
      return again.diagnostics;
    checkKept(before.planned, planned.planned);
    if (planned.action === "no-op") return again.diagnostics;
    const created = planned.action === "create";
    const answer = await this.service.applyResourceChange(
      {
        typeName: one.type,
        priorState: encode(schema, planned.prior),
        plannedState: encode(schema, planned.planned),
        config: encode(schema, recordOfSchema(schema, one.config("apply"))),
        plannedPrivate: planned.private,
      },
      this.#signal,
    );
    const { diagnostics = [] } = answer;
    const state = decode(schema, answer.newState);
    if (isRefused(diagnostics)) {
      if (state !== null)
        this.stored.set(one.address, {
          type: one.type,
          state,
          private: answer.private ?? NOTHING,
          tainted: created,
        });
      return diagnostics;
    }
    if (state === null) throw new Error("core: no state after apply");
    checkState(schema, state);
    checkKept(planned.planned, state);
    this.stored.set(one.address, {
      type: one.type,
      state,
      private: answer.private ?? NOTHING,
      tainted: false,
    });
    return [...again.diagnostics, ...diagnostics];
  }
}

function rawState(json: string): RawState {
  return { json: Buffer.from(json), flatmap: {} };
}

function isRefused(diagnostics: readonly WireDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function actionOf(options: {
  readonly schema: Schema;
  readonly prior: CtyRecord | null;
  readonly planned: CtyRecord;
  readonly replaces: boolean;
  readonly tainted: boolean;
}): Action {
  const { schema, prior, planned, replaces, tainted } = options;
  if (replaces || tainted) return "replace";
  if (prior === null) return "create";
  return ctyEquals(schemaType(schema), prior, planned) ? "no-op" : "update";
}

/** What core proposes: computed attributes keep their value, all others are as configured. */
function proposed(
  schema: Schema,
  prior: CtyRecord | null,
  config: CtyRecord,
): CtyRecord {
  return recordOf(
    (schema.block.attributes ?? []).map(({ name, computed }) => [
      name,
      computed === true && config[name] === null
        ? (prior?.[name] ?? null)
        : config[name]!,
    ]),
  );
}

function sameWalk(left: Walk, right: Walk): boolean {
  const text = (walk: Walk) =>
    JSON.stringify([
      walk.diagnostics,
      [...walk.objects].map(([address, { action, because }]) => [
        address,
        action,
        because,
      ]),
    ]);
  return (
    text(left) === text(right) &&
    [...left.objects].every(([address, { planned }]) =>
      ctyEquals(undefined, planned, right.objects.get(address)!.planned),
    )
  );
}

function encode(schema: Schema, record: CtyRecord | null): DynamicValue {
  return encodeDynamicValue(schemaType(schema), record);
}

function decode(
  schema: Schema,
  value: DynamicValue | undefined,
): CtyRecord | null {
  return decodeDynamicValue(schemaType(schema), value) as CtyRecord | null;
}

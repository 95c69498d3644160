import type { Diagnostic, DiagnosticPath } from "../../diagnostics";
import type { ObjectKind } from "../../plan";
import type { ProviderContext } from "../provider-context";
import type { PrivateState } from "../state/private-state";
import type { CtyRecord, Schema } from "../wire";

/**
 * One kind of managed object, between decoded values and decisions. The files in
 * server/ decode requests and encode answers around it; it never sees a message.
 * Every method may throw a `PatchbayError`; the caller turns it into diagnostics.
 */
export interface Resource {
  readonly typeName: string;
  readonly kind: ObjectKind;
  readonly schema: Schema;

  /** Everything wrong with the arguments by themselves; parts may be unknown. The platform is not asked. */
  validate(config: CtyRecord, context: ProviderContext): readonly Diagnostic[];

  /** What is there now, or no state when it is surely gone. */
  read(request: ReadRequest, context: ProviderContext): Promise<StateAnswer>;

  /** What it will be: create (no prior) or update. Changes nothing. */
  plan(request: PlanRequest, context: ProviderContext): Promise<PlanAnswer>;

  /** Whether it may be deleted, as far as can be told before. @default it may */
  planDelete?(prior: CtyRecord): readonly Diagnostic[];

  /** Creates it (no prior), or changes it in place. */
  make(request: WriteRequest, context: ProviderContext): Promise<StateAnswer>;
  delete(request: DeleteRequest, context: ProviderContext): Promise<void>;

  /**
   * A state that an earlier version of the schema wrote, read by today's: what
   * that version called otherwise is found in its JSON. @default nothing differs
   */
  upgrade?(
    state: CtyRecord,
    from: { readonly version: number; readonly json: Uint8Array },
  ): CtyRecord;

  /** State of an existing object that holds no more than what is needed to read it. */
  import(id: string, context: ProviderContext): CtyRecord;
}

export interface ReadRequest {
  readonly state: CtyRecord;
  readonly remembered: PrivateState;
}

export interface StateAnswer {
  readonly state: CtyRecord | null;
  readonly remembered: PrivateState;
}

export interface PlanRequest {
  /** Null: it will be created. */
  readonly prior: CtyRecord | null;
  /**
   * The second of the two calls in which Terraform plans a replacement: the
   * first was with what is there, whoever wanted the replacement (we, `-replace`,
   * `replace_triggered_by`); this one is as if nothing were there.
   */
  readonly secondCall: boolean;
  /** In it, what was remembered of the object that goes. */
  readonly gone: PrivateState;
  readonly config: CtyRecord;
  readonly remembered: PrivateState;
}

export interface PlanAnswer {
  readonly planned: CtyRecord;
  /** Arguments whose change needs a new object; core ignores those that do not change. */
  readonly requiresReplace: readonly DiagnosticPath[];
  /** Of an object that is made: that what goes for it, if anything does, may go. The deletion is told so. @default false */
  readonly replaceable?: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What the apply has to remember of the plan. @default what was remembered before */
  readonly remembered?: PrivateState;
}

export interface WriteRequest {
  /** Null: it is created. */
  readonly prior: CtyRecord | null;
  readonly planned: CtyRecord;
  /** Holds the write-only values, which `planned` never does. */
  readonly config: CtyRecord;
  readonly remembered: PrivateState;
  readonly signal: AbortSignal;
  /** Told what the user should know of a success. */
  readonly warn: (diagnostic: Diagnostic) => void;
}

export interface DeleteRequest {
  readonly prior: CtyRecord;
  readonly remembered: PrivateState;
  readonly signal: AbortSignal;
  /** Told what the user should know of a success. */
  readonly warn: (diagnostic: Diagnostic) => void;
}

import { errorDiagnostic, PatchbayError } from "../diagnostics";

/** How to create one object safely. */
export interface SafeCreateOptions<Observed> {
  /** The natural key, for messages. */
  readonly id: string;
  /** `connection`, `workspace attachment`, …, for messages. */
  readonly kind: string;
  readonly create: () => Promise<Observed>;
  readonly tryFind: () => Promise<Observed | undefined>;
  /** Whether what is there is, as far as the platform shows, what is wanted. */
  readonly matches: (observed: Observed) => boolean;
  /** Sends what the platform does not show (secrets), so that an adopted object is right in every part. @default nothing more is sent */
  readonly settle?: (observed: Observed) => Promise<Observed>;
  /** The command that takes an existing object into Terraform's state, for messages. */
  readonly importHint?: string | undefined;
}

/**
 * Creates an object exactly once, whatever happens on the way. Where a create
 * may have happened (its answer was lost, or the process that sent it was
 * killed before it could note it down), the platform is asked: an object that is
 * as wanted is adopted, one that differs is an error, and only one that is
 * surely not there is created again.
 */
export async function createOnce<Observed>(
  options: SafeCreateOptions<Observed>,
): Promise<Observed> {
  try {
    return await options.create();
  } catch (thrown) {
    if (!isAmbiguous(thrown)) throw thrown;
    const found = await options.tryFind().catch((failure: unknown) => {
      throw stillUnknown(thrown, failure);
    });
    if (found !== undefined) return await adopt(options, found);
    if (thrown.has("already_exists")) throw thrown;
    return await options.create();
  }
}

function isAmbiguous(thrown: unknown): thrown is PatchbayError {
  return (
    thrown instanceof PatchbayError &&
    (thrown.has("outcome_unknown") || thrown.has("already_exists"))
  );
}

/** Not even the question could be answered: that the create may have happened must not get lost. */
function stillUnknown(first: PatchbayError, failure: unknown): unknown {
  return failure instanceof PatchbayError
    ? new PatchbayError([...first.diagnostics, ...failure.diagnostics])
    : failure;
}

async function adopt<Observed>(
  options: SafeCreateOptions<Observed>,
  found: Observed,
): Promise<Observed> {
  if (options.matches(found)) return (await options.settle?.(found)) ?? found;
  const hint =
    options.importHint === undefined
      ? ""
      : ` To manage the existing one, import it:\n\n  ${options.importHint}\n`;
  throw new PatchbayError([
    errorDiagnostic({
      code: "already_exists",
      path: [],
      detail: `A ${options.kind} ${options.id} exists already and differs from what is declared, so it was left as it is.${hint}`,
    }),
  ]);
}

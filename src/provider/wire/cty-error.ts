/**
 * The one error of the value codecs: a value that does not fit its type, or bytes that are not a value. It names the
 * place, never the value, which may be a secret.
 */
export type CtyPathStep = string | number;

export class CtyError extends Error {
  /** From the root to the value at fault. */
  readonly path: readonly CtyPathStep[];
  readonly reason: string;

  constructor(reason: string, path: readonly CtyPathStep[] = []) {
    super(path.length === 0 ? reason : `${formatCtyPath(path)}: ${reason}`);
    this.name = "CtyError";
    this.reason = reason;
    this.path = path;
  }
}

/** The same error, seen from one level up. Codecs call it while unwinding, so that a good value pays for no path. */
export function withStep(error: unknown, step: CtyPathStep): unknown {
  return error instanceof CtyError
    ? new CtyError(error.reason, [step, ...error.path])
    : error;
}

export function formatCtyPath(path: readonly CtyPathStep[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step))
      text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

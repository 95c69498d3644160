import { type Diagnostic, formatPath } from "../../diagnostics";
import { effective, isObject } from "../../model";
import { DYNAMIC } from "../wire";
import { dynamicOf, toValue } from "../state/values";
import type { FunctionOutcome, ProviderFunction } from "./provider-function";

/** `effective(config, overrides)`: what a deployment sees, without asking anything. */
export const effectiveFunction: ProviderFunction = {
  name: "effective",
  definition: {
    summary: "Configuration with overrides merged in",
    description:
      "What a deployment sees: `config` with `overrides` merged in as a JSON Merge Patch (RFC 7396). A `null` in `overrides` removes the field.",
    descriptionKind: "markdown",
    parameters: [
      {
        name: "config",
        type: DYNAMIC,
        description: "The connection's plain fields, an object.",
      },
      {
        name: "overrides",
        type: DYNAMIC,
        allowNullValue: true,
        description: "The fields that differ, an object; null for none.",
      },
    ],
    return: { type: DYNAMIC },
  },

  call([config = null, overrides = null]) {
    const faults: Diagnostic[] = [];
    const fields = toValue(config, ["config"], faults);
    const patch = toValue(overrides, ["overrides"], faults);
    const [fault] = faults;
    if (fault !== undefined) {
      return failure(
        `${formatPath(fault.path)}: ${fault.detail}`,
        fault.path[0] === "config" ? 0 : 1,
      );
    }
    if (!isObject(fields))
      return failure("config must be an object of fields", 0);
    if (patch !== null && !isObject(patch))
      return failure("overrides must be an object of fields, or null", 1);
    return { ok: true, result: dynamicOf(effective(fields, patch ?? {})) };
  },
};

function failure(text: string, argument: number): FunctionOutcome {
  // Terraform puts the full stop.
  return { ok: false, text: text.replace(/\.$/, ""), argument };
}

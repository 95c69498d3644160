import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import { checkName, isObject, type Value } from "../../model";
import type { DeclaredLink } from "../declared";
import { knownOf } from "../known";

/** Everything wrong with a link's arguments by themselves. */
export function checkLink(declared: DeclaredLink): readonly Diagnostic[] {
  const deployment = knownOf(declared.deployment);
  return [
    ...(deployment === undefined ? [] : checkName(deployment, ["deployment"])),
    ...objectFaults("overrides", declared.overrides),
    ...objectFaults(declared.secrets.argument, declared.secrets.value.reveal()),
  ];
}

function objectFaults(name: string, value: Value): readonly Diagnostic[] {
  if (value === null || typeof value === "symbol" || isObject(value)) return [];
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: [name],
      detail: `${name} must be an object of fields, for example ${name} = { schema = "PROD" }.`,
    }),
  ];
}

import { checkObject } from "../../catalog";
import type { Diagnostic } from "../../diagnostics";
import { checkName } from "../../model";
import type { DeclaredLink } from "../declared";
import { knownOf } from "../known";

/** Everything wrong with a link's arguments by themselves. */
export function checkLink(declared: DeclaredLink): readonly Diagnostic[] {
  const deployment = knownOf(declared.deployment);
  return [
    ...(deployment === undefined ? [] : checkName(deployment, ["deployment"])),
    ...checkObject(declared.overrides, "overrides"),
    ...checkObject(declared.secrets.value.reveal(), declared.secrets.argument),
  ];
}

import type { Diagnostic } from "../../diagnostics";
import {
  hasFeature,
  type Owner,
  requireFeature,
  requireOwner,
  requireType,
} from "../../model";
import type { DeclaredConnection, OrLater } from "../declared";
import { knownOf } from "../known";
import type { Rules } from "../rules";

/** What the declaration needs and the platform has not. */
export function connectionSupport(
  declared: DeclaredConnection,
  owner: OrLater<Owner>,
  rules: Rules,
): readonly Diagnostic[] {
  const knownOwner = knownOf(owner);
  const type = knownOf(declared.type);
  return [
    ...(knownOwner === undefined
      ? []
      : requireOwner(rules, knownOwner, ["owner"])),
    ...(type === undefined ? [] : requireType(rules, type, ["type"])),
    ...(declared.description === undefined
      ? []
      : requireFeature(rules, "description", ["description"])),
    ...(declared.autoLink === true
      ? requireFeature(rules, "auto_link", ["auto_link"])
      : []),
    ...(declared.access === undefined
      ? []
      : requireFeature(rules, "access", ["access"])),
    ...(declared.parent === undefined
      ? []
      : requireFeature(rules, "folders", ["parent"])),
    ...(declared.verify === "on_change" && !hasFeature(rules, "verify")
      ? requireFeature(rules, "verify", ["verify"])
      : []),
  ];
}

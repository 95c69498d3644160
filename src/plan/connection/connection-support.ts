import {
  type Diagnostic,
  didYouMean,
  errorDiagnostic,
  warningDiagnostic,
} from "../../diagnostics";
import {
  fieldOf,
  hasFeature,
  isObject,
  type Owner,
  parseConnectionTypeName,
  requireFeature,
  requireOwner,
  requireType,
  type Value,
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
    ...extraSupport(declared, type, rules),
    ...(declared.description === undefined
      ? []
      : requireFeature(rules, "description", ["description"])),
    ...(declared.autoLink === true
      ? requireFeature(rules, "auto_link", ["auto_link"])
      : []),
    ...((knownOf(declared.autoLinkExcept) ?? []).length > 0
      ? requireFeature(rules, "auto_link", ["auto_link_except"])
      : []),
    ...(declared.access === undefined
      ? []
      : [
          ...requireFeature(rules, "access", ["access"]),
          ...principalSupport(declared.access, rules),
        ]),
    ...(declared.parent === undefined
      ? []
      : requireFeature(rules, "folders", ["parent"])),
    ...(declared.verify === "on_change" && !hasFeature(rules, "verify")
      ? requireFeature(rules, "verify", ["verify"])
      : []),
  ];
}

/** The platform keeps them: whoever switches auto-link on meets them again. */
export function idleExceptions({
  autoLink = false,
  autoLinkExcept,
}: DeclaredConnection): readonly Diagnostic[] {
  const except = knownOf(autoLinkExcept) ?? [];
  if (except.length === 0 || autoLink !== false) return [];
  return [
    warningDiagnostic({
      code: "conflicting_arguments",
      path: ["auto_link_except"],
      detail:
        "auto_link_except is kept, and counts only with auto-link: set auto_link = true, or remove auto_link_except.",
    }),
  ];
}

/** Principals of kinds that the platform has not. A platform that checks what it can hold says it in words of its own. */
function principalSupport(
  access: DeclaredConnection["access"],
  { title, capabilities: { principals }, checkConnection }: Rules,
): readonly Diagnostic[] {
  if (principals === undefined || checkConnection !== undefined) return [];
  const kinds = Object.keys(principals);
  return (["view", "use", "edit"] as const).flatMap((list) =>
    (knownOf(knownOf(access)?.[list]) ?? []).flatMap((principal) => {
      const [kind = ""] = principal.split("/");
      if (Object.hasOwn(principals, kind)) return [];
      return [
        errorDiagnostic({
          code: "invalid_field",
          path: ["access", list],
          detail: `${JSON.stringify(principal)} is not a principal of ${title}.${didYouMean(kind, kinds)} Write one of these kinds: ${Object.values(principals).join(", ")}.`,
        }),
      ];
    }),
  );
}

/** Native types have every field of the platform's by itself. */
function extraSupport(
  { config, secrets }: DeclaredConnection,
  type: string | undefined,
  rules: Rules,
): readonly Diagnostic[] {
  if (type === undefined || parseConnectionTypeName(type).kind === "native")
    return [];
  const given = (value: Value, field: string) =>
    isObject(value) && (fieldOf(value, field) ?? null) !== null;
  return [
    ...(given(config, "extra")
      ? requireFeature(rules, "extra", ["config", "extra"])
      : []),
    ...(given(secrets.value.reveal(), "secret_extra")
      ? requireFeature(rules, "extra", [secrets.argument, "secret_extra"])
      : []),
  ];
}

import {
  type Diagnostic,
  didYouMean,
  errorDiagnostic,
} from "../../diagnostics";
import type { Access } from "../../model";
import type { Binding } from "./datadog-answers";

/** What our lists are called in a restriction policy. Each includes those before it. */
const relations = [
  ["view", "viewer"],
  ["use", "resolver"],
  ["edit", "editor"],
] as const;

const principalKinds = ["user", "team", "role", "org"];

/** Everything wrong with the principals. */
export function checkAccess(access: Access | undefined): readonly Diagnostic[] {
  return relations.flatMap(([list]) =>
    (access?.[list] ?? []).flatMap((principal, index) => {
      const [kind = "", id = "", ...rest] = principal.split("/");
      if (principalKinds.includes(kind) && id !== "" && rest.length === 0)
        return [];
      return [
        errorDiagnostic({
          code: "invalid_field",
          path: ["access", list, index],
          detail: `${JSON.stringify(principal)} is not a principal of Datadog.${didYouMean(kind, principalKinds)} Write KIND/ID with one of the kinds ${principalKinds.join(", ")} and Datadog's own id, for example "team/00000000-0000-1111-0000-000000000000"; service accounts are of the kind user.`,
        }),
      ];
    }),
  );
}

/** The bindings of a policy. None at all: Datadog's default, which is to have no policy. */
export function bindingsOfAccess(access: Access): readonly Binding[] {
  return relations.flatMap(([list, relation]) => {
    const principals = access[list] ?? [];
    return principals.length === 0
      ? []
      : [
          {
            relation,
            principals: principals.map((one) => one.replace("/", ":")).sort(),
          },
        ];
  });
}

/** What a policy says; undefined for one that says nothing, which is the default. Relations that we have no word for are left out. */
export function accessOfBindings(
  bindings: readonly Binding[],
): Access | undefined {
  const lists = relations.flatMap(([list, relation]) => {
    const principals = bindings
      .filter((binding) => binding.relation === relation)
      .flatMap((binding) => binding.principals)
      .map((one) => one.replace(":", "/"))
      .sort();
    return principals.length === 0 ? [] : [[list, principals] as const];
  });
  return lists.length === 0 ? undefined : Object.fromEntries(lists);
}

import {
  type Diagnostic,
  didYouMean,
  errorDiagnostic,
  warningDiagnostic,
} from "../../diagnostics";
import type { Access } from "../../model";
import type { Binding } from "./answers";
import { datadogIdentity } from "./capabilities";
import { isUuid } from "./uuid";

/** What our lists are called in a restriction policy. Each includes those before it. */
const relations = [
  ["view", "viewer"],
  ["use", "resolver"],
  ["edit", "editor"],
] as const;

const principalKinds = Object.keys(datadogIdentity.capabilities.principals!);

/** Everything wrong with an access list. */
export function checkAccess(
  access: Access | undefined,
  { allowsSelfLockout }: LockoutSettings,
): readonly Diagnostic[] {
  return [
    ...checkPrincipals(access),
    ...(allowsSelfLockout ? [] : checkLockout(access)),
  ];
}

export interface LockoutSettings {
  /** Whether a policy may take away the right to edit of whoever applies it. */
  readonly allowsSelfLockout: boolean;
}

/** Where nobody at all may edit, whoever applies may not either. Whether Datadog refuses that depends on who it is, so it is a warning. */
function checkLockout(access: Access | undefined): readonly Diagnostic[] {
  const others = [...(access?.view ?? []), ...(access?.use ?? [])];
  if (others.length === 0 || (access?.edit ?? []).length > 0) return [];
  return [
    warningDiagnostic({
      code: "invalid_configuration",
      path: ["access", "edit"],
      detail:
        'Nobody may edit this connection, so Datadog would shut out whoever applies this, too, and refuses that for administrators. Name yourself, or a team, role or organization that you belong to, under edit. To do it all the same, set allow_self_lockout = "true" in the provider\'s datadog block; the next change of this connection then needs somebody else.',
    }),
  ];
}

function checkPrincipals(access: Access | undefined): readonly Diagnostic[] {
  return relations.flatMap(([list]) =>
    (access?.[list] ?? []).flatMap((principal) => {
      const detail = faultOf(principal);
      return detail === undefined
        ? []
        : [
            errorDiagnostic({
              code: "invalid_field",
              path: ["access", list],
              detail,
            }),
          ];
    }),
  );
}

function faultOf(principal: string): string | undefined {
  const [kind = "", ...rest] = principal.split("/");
  const id = rest.join("/");
  if (!principalKinds.includes(kind)) {
    return `${JSON.stringify(principal)} is not a principal of Datadog.${didYouMean(kind, principalKinds)} Write KIND/ID with one of the kinds ${principalKinds.join(", ")}, for example "team/${exampleId}"; service accounts are of the kind user.`;
  }
  // As Datadog shows them: others would come back as a difference.
  if (isUuid(id) && id === id.toLowerCase()) return undefined;
  return `${JSON.stringify(principal)} does not name the ${kind} by its id. Datadog's ids are UUIDs, in lower case: "${kind}/${exampleId}". ${kind === "org" ? "GET /api/v2/current_user of Datadog's API tells that of the organization." : `The data source datadog_${kind} of Datadog's own provider gives it as id.`}`;
}

const exampleId = "7a1b2c3d-0000-4000-8000-000000000001";

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

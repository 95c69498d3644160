import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import { attributesOf, isUuid, textError } from "./datadog-answers";
import type { DatadogBehaviour } from "./datadog-behaviour";
import type { DatadogState, StoredPolicy } from "./datadog-store";

const POLICY = "/api/v2/restriction_policy/{resource_id}";

/** Who calls, whatever the key: the user, and what that user belongs to. */
export const callerPrincipals = {
  user: "user:00000000-0000-4000-8000-00000000000a",
  // The team of examples/datadog.
  team: "team:7a1b2c3d-0000-4000-8000-000000000001",
  role: "role:00000000-0000-4000-8000-00000000000c",
  org: "org:00000000-0000-4000-8000-00000000000d",
} as const;

/** Who may do what with a connection. No 404 here: what has no policy answers an empty one. */
export function policyRoutes(
  state: () => DatadogState,
  { guardsLockout = true }: DatadogBehaviour,
): readonly StandinRoute[] {
  const withId =
    (use: (id: string, request: StandinRequest) => StandinAnswer) =>
    (request: StandinRequest): StandinAnswer => {
      const resource = request.parameters["resource_id"]!;
      const [kind, id = ""] = resource.split(":");
      return kind === "connection" && isUuid(id)
        ? use(id.toLowerCase(), request)
        : textError(
            400,
            `Invalid resource: '${resource}' is not in a valid format`,
          );
    };
  const policy = (id: string): StandinAnswer => ({
    status: 200,
    body: {
      data: {
        type: "restriction_policy",
        id: `connection:${id}`,
        attributes: { bindings: state().policies[id]?.bindings ?? [] },
      },
    },
  });
  return [
    { method: "GET", path: POLICY, handle: withId(policy) },
    {
      method: "POST",
      path: POLICY,
      handle: withId((id, { body, query }) => {
        const bindings = attributesOf(body)[
          "bindings"
        ] as StoredPolicy["bindings"];
        if (!bindings.every(isBinding))
          return textError(
            400,
            "Invalid binding: allowed principals are user, team, role, org",
          );
        if (
          guardsLockout &&
          query.get("allow_self_lockout") !== "true" &&
          isLockout(bindings)
        )
          return textError(
            400,
            "This policy would remove your own access; set allow_self_lockout to allow that",
          );
        state().policies[id] = { bindings };
        return policy(id);
      }),
    },
    {
      method: "DELETE",
      path: POLICY,
      handle: withId((id) => {
        delete state().policies[id];
        return { status: 204 };
      }),
    },
  ];
}

function isBinding({
  relation,
  principals,
}: StoredPolicy["bindings"][number]): boolean {
  return (
    ["viewer", "resolver", "editor"].includes(relation) &&
    principals.length > 0 &&
    principals.every((principal) => /^(user|team|role|org):.+$/.test(principal))
  );
}

/** Whether the caller could not even take it back. No bindings at all are the default, under which the author edits. */
function isLockout(bindings: StoredPolicy["bindings"]): boolean {
  const own: readonly string[] = Object.values(callerPrincipals);
  return (
    bindings.length > 0 &&
    !bindings.some(
      ({ relation, principals }) =>
        relation === "editor" && principals.some((one) => own.includes(one)),
    )
  );
}

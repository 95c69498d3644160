import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import { isUuid, jsonApi, jsonApiError } from "./datadog-answers";
import type { DatadogState } from "./datadog-store";

const REGISTRATIONS = "/api/v2/actions/app_key_registrations";

/** Application keys that may call the Actions API, by their ids. */
export function registrationRoutes(
  state: () => DatadogState,
): readonly StandinRoute[] {
  const path = `${REGISTRATIONS}/{app_key_id}`;
  const registration = (id: string) => ({ id, type: "app_key_registration" });
  const withId =
    (use: (id: string, known: boolean) => StandinAnswer) =>
    ({ parameters }: StandinRequest): StandinAnswer => {
      const id = parameters["app_key_id"]!.toLowerCase();
      if (isUuid(id)) return use(id, state().registeredKeys.includes(id));
      // As recorded, for each of the three methods.
      return jsonApiError(400, {
        status: "400",
        title: "Invalid Parameter",
        detail: 'invalid parameter "appKeyId" in "path"; expected type "uuid"',
      });
    };
  const notFound = () => jsonApiError(404, { detail: "app key not found" });
  return [
    {
      method: "GET",
      path: REGISTRATIONS,
      handle: ({ query }) => {
        const ids = state().registeredKeys;
        const size = Number(query.get("page[size]") ?? 50);
        const from = Number(query.get("page[number]") ?? 0) * size;
        return jsonApi(200, {
          data: ids.slice(from, from + size).map(registration),
          meta: { total: ids.length, total_filtered: ids.length },
        });
      },
    },
    {
      method: "GET",
      path,
      handle: withId((id, known) =>
        known ? jsonApi(200, { data: registration(id) }) : notFound(),
      ),
    },
    {
      method: "PUT",
      path,
      handle: withId((id, known) => {
        if (!known) state().registeredKeys.push(id);
        return jsonApi(201, { data: registration(id) });
      }),
    },
    {
      method: "DELETE",
      path,
      handle: withId((id, known) => {
        if (!known) return notFound();
        const ids = state().registeredKeys;
        ids.splice(ids.indexOf(id), 1);
        return { status: 204 };
      }),
    },
  ];
}

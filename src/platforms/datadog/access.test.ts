import type { Connection } from "../../model";
import {
  DatadogUnderTest,
  declared,
  failureOf,
  key,
  told,
} from "../../../test/standins/datadog";

let datadog: DatadogUnderTest;
beforeEach(async () => {
  datadog = await DatadogUnderTest.start();
});
afterEach(() => datadog.close());

const id = (digit: number) => `00000000-0000-0000-0000-00000000000${digit}`;

describe("access", () => {
  const openAi = (access?: Connection["access"]) =>
    declared("datadog:OpenAI", {}, { api_token: "geheim" }, { access });

  test("is a restriction policy, whose removal restores the default", async () => {
    await datadog.close();
    datadog = await DatadogUnderTest.start();
    const { connections } = datadog.connect(undefined, {
      allowsSelfLockout: true,
    });
    const { platformId } = await connections.create(
      openAi({
        view: [`org/${id(1)}`],
        use: [`team/${id(2)}`, `user/${id(3)}`],
        edit: [],
      }),
    );
    expect(datadog.standin.policyOf(platformId)).toEqual([
      { relation: "viewer", principals: [`org:${id(1)}`] },
      { relation: "resolver", principals: [`team:${id(2)}`, `user:${id(3)}`] },
    ]);
    const options = { platformId };
    await connections.update(key, openAi(), options);
    expect(datadog.standin.policyOf(platformId)).toHaveLength(2);
    const after = await connections.update(key, openAi({}), options);
    expect(datadog.standin.policyOf(platformId)).toBeUndefined();
    expect(after.access).toBeUndefined();
  });

  test("under which nobody may edit is a warning of the plan that names the setting that allows it, and refused by Datadog", async () => {
    const locked = openAi({ use: [`team/${id(2)}`] });
    const faults = datadog.platform.connections.check!(locked);
    expect(faults).toMatchObject([
      {
        severity: "warning",
        code: "invalid_configuration",
        path: ["access", "edit"],
      },
    ]);
    expect(faults[0]!.detail).toContain("allow_self_lockout");
    await failureOf(datadog.platform.connections.create(locked));
    expect(datadog.standin.stored()).toEqual([]);
    expect(datadog.platform.connections.check!(openAi({}))).toEqual([]);
  });

  test("that would shut out whoever applies is refused by Datadog in its words, and leaves no connection behind", async () => {
    const creation = datadog.platform.connections.create(
      openAi({ edit: [`team/${id(2)}`] }),
    );
    const error = await failureOf(creation);
    expect(told(error)).toEqual([["invalid_configuration", ""]]);
    expect(error.message).toContain("allow_self_lockout");
    expect(datadog.standin.stored()).toEqual([]);
  });

  test("that Datadog refuses leaves no connection behind", async () => {
    datadog.standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const creation = datadog.platform.connections.create(
      openAi({ edit: [`user/${id(1)}`] }),
    );
    expect(told(await failureOf(creation))).toEqual([["forbidden", ""]]);
    expect(datadog.standin.stored()).toEqual([]);
  });

  test("whose outcome is not known leaves no connection behind, and no doubt about it", async () => {
    datadog.standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "cut", when: "after" },
      times: 100,
    });
    const creation = datadog.platform.connections.create(
      openAi({ edit: [`user/${id(1)}`] }),
    );
    expect(told(await failureOf(creation))).toEqual([["platform_failure", ""]]);
    expect(datadog.standin.stored()).toEqual([]);
  });

  test("that is refused, with a connection that then cannot be deleted, is told with its UUID", async () => {
    datadog.standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "status", status: 403, when: "before" },
    });
    datadog.standin.failNext({
      match: { method: "DELETE" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(
      datadog.platform.connections.create(openAi({ edit: [`user/${id(1)}`] })),
    );
    expect(error.has("outcome_unknown")).toBe(true);
    expect(error.message).toContain(datadog.standin.stored()[0]!.id);
  });

  test.each([
    ["a kind that is misspelt", `tem/${id(1)}`, 'Did you mean "team"?'],
    ["no kind", "jane", "KIND/ID"],
    ["a kind of other platforms", "tenant", "user, team, role, org"],
    ["a team's name", "team/platform", "datadog_team"],
    ["no id", "user/", "datadog_user"],
    ["more than an id", `role/${id(1)}/x`, "datadog_role"],
    [
      "an id that would come back in lower case",
      `org/${"A".repeat(8)}-0000-0000-0000-000000000001`,
      "lower case",
    ],
  ])(
    "with %s is refused before anything is sent, with what to write",
    async (_title, principal, words) => {
      const refused = openAi({ view: [`team/${id(1)}`], edit: [principal] });
      const error = await failureOf(
        datadog.platform.connections.create(refused),
      );
      expect(told(error)).toEqual([["invalid_field", "access.edit"]]);
      expect(error.message).toContain(words);
      expect(datadog.platform.connections.check!(refused)).toEqual(
        error.diagnostics,
      );
      expect(datadog.standin.requests()).toEqual([]);
    },
  );
});

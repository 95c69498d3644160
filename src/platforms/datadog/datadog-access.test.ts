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

describe("access", () => {
  const openAi = (access?: Connection["access"]) =>
    declared("datadog:OpenAI", {}, { api_token: "geheim" }, { access });

  test("is a restriction policy, whose removal restores the default", async () => {
    const { platformId } = await datadog.platform.connections.create(
      openAi({ view: ["org/1"], use: ["team/b", "user/a"], edit: [] }),
    );
    expect(datadog.standin.policyOf(platformId)).toEqual([
      { relation: "viewer", principals: ["org:1"] },
      { relation: "resolver", principals: ["team:b", "user:a"] },
    ]);
    const options = { platformId };
    await datadog.platform.connections.update(key, openAi(), options);
    expect(datadog.standin.policyOf(platformId)).toHaveLength(2);
    const after = await datadog.platform.connections.update(
      key,
      openAi({}),
      options,
    );
    expect(datadog.standin.policyOf(platformId)).toBeUndefined();
    expect(after.access).toBeUndefined();
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
      openAi({ edit: ["user/a"] }),
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
      openAi({ edit: ["user/a"] }),
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
      datadog.platform.connections.create(openAi({ edit: ["user/a"] })),
    );
    expect(error.has("outcome_unknown")).toBe(true);
    expect(error.message).toContain(datadog.standin.stored()[0]!.id);
  });
});

import { startStandin } from ".";
import { describeWithContract } from "./describe-with-contract";
import type { StandinRequest } from "./route";

const secret = "geheim";

function request(
  facts: Partial<StandinRequest> & Pick<StandinRequest, "method" | "path">,
): StandinRequest {
  return {
    pathTemplate: facts.path,
    parameters: {},
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
    ...facts,
  };
}

describeWithContract(
  "the contract of Astro",
  "astro-connections.yaml",
  (contract) => {
    const path = "/v1/organizations/o/environment-objects";
    const created = { status: 200, body: { id: "e1" } };
    const create = {
      objectKey: "warehouse",
      objectType: "CONNECTION",
      scope: "WORKSPACE",
      scopeEntityId: "w1",
      connection: { type: "postgres", password: secret },
    };
    const post = (body: unknown, answer = created) =>
      contract.check(request({ method: "POST", path, body }), answer);

    test("accepts what fits", () => {
      expect(post(create)).toEqual([]);
    });

    test.each<[body: object, about: string]>([
      [{ ...create, objectType: secret }, "/objectType"],
      [{ ...create, objectkey: secret }, "objectkey"],
      [{ ...create, connection: { type: "a", pasword: secret } }, "pasword"],
      [{ ...create, scope: undefined }, "scope"],
    ])("tells where %j does not fit, without its values", (body, about) => {
      const told = post(JSON.parse(JSON.stringify(body))).join("\n");
      expect(told).toContain(about);
      expect(told).not.toContain(secret);
    });

    test("checks answers, parameters and addresses", () => {
      expect(post(create, { status: 200, body: { id: 1 } } as never)).toEqual([
        expect.stringContaining("answer: the body at /id"),
      ]);
      expect(post(create, { status: 418 } as never)).toEqual([
        expect.stringContaining("418"),
      ]);
      const query = new URLSearchParams("limit=many&lmit=1");
      const answer = { status: 500, body: undefined };
      expect(
        contract
          .check(request({ method: "GET", path, query }), answer)
          .join("\n"),
      ).toMatch(/"lmit"[^]*"limit"/);
      expect(
        contract.check(request({ method: "GET", path: "/v1/other" }), answer),
      ).toHaveLength(1);
    });

    test("fails the test whose exchange does not fit", async () => {
      const standin = await startStandin({ routes: [], contract });
      await fetch(`${standin.url}/v1/other`);
      // Without a route the stand-in refuses, and there is no such operation.
      expect(standin.violations()).toHaveLength(1);
      await expect(standin.close()).rejects.toThrow("GET /v1/other");
    });
  },
);

describeWithContract(
  "the contract of Datadog",
  "datadog-connections.yaml",
  (contract) => {
    test("knows variants of a body and patterns that were escaped twice", () => {
      const body = {
        data: {
          type: "action_connection",
          attributes: {
            name: "hook",
            integration: {
              type: "HTTP",
              base_url: "https://example.com",
              credentials: {
                type: "HTTPTokenAuth",
                tokens: [{ name: "Token1", type: "SECRET", value: secret }],
              },
            },
          },
        },
      };
      const path = "/api/v2/actions/connections";
      const answer = {
        status: 201,
        body: { data: { ...body.data, id: "c1" } },
      };
      const told = contract.check(
        request({ method: "POST", path, body }),
        answer,
      );
      expect(told).toEqual([]);
    });
  },
);

describeWithContract(
  "the contract of Pipes",
  "pipes-connections.yaml",
  (contract) => {
    test("strips the base path and prefers literal segments", () => {
      const path = "/api/v0/org/acme/connection/warehouse";
      const answer = { status: 404, body: { status: 404 } };
      const told = contract.check(request({ method: "GET", path }), answer);
      expect(told.join("\n")).toContain("GET /org/{org_handle}/connection/");
    });
  },
);

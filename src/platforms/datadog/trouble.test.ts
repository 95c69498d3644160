import { Secret } from "../../diagnostics";
import type { JsonObject } from "../../model";
import {
  datadogContract,
  DatadogUnderTest,
  declared,
  failureOf,
  key,
  told,
  startDatadogStandin,
} from "../../../test/standins/datadog";
import { createDatadogAdapter } from "./adapter";
import { createDatadogClient } from "./client";

let datadog: DatadogUnderTest;
beforeEach(async () => {
  datadog = await DatadogUnderTest.start();
});
afterEach(() => datadog.close());

const http = (secrets?: JsonObject, config: JsonObject = {}) =>
  declared("http", { base_url: "https://api.example.com", ...config }, secrets);

describe("names and ids", () => {
  test("a name finds nothing, and the UUID is asked for", async () => {
    const error = await failureOf(datadog.platform.connections.tryFind(key));
    expect(told(error)).toEqual([["unsupported", "id"]]);
    expect(error.message).toContain("terraform import ADDRESS UUID");
  });

  test("an id that is no UUID is refused before anything is sent", async () => {
    const error = await failureOf(
      datadog.platform.connections.tryFindByPlatformId!(
        "organization/acme/warehouse",
      ),
    );
    expect(told(error)).toEqual([["invalid_id", "id"]]);
    expect(datadog.standin.requests()).toEqual([]);
  });

  test("a UUID that there is not is not found", async () => {
    const id = "1d8a3b5c-0000-4000-8000-00000000ffff";
    expect(
      await datadog.platform.connections.tryFindByPlatformId!(id),
    ).toBeUndefined();
  });

  test("an import needs the organization", async () => {
    const id = datadog.standin.add({
      name: "x",
      integration: { type: "OpenAI" },
    });
    const client = createDatadogClient({ baseUrl: datadog.standin.url });
    const nobody = createDatadogAdapter({ client, organization: undefined });
    const error = await failureOf(nobody.connections.tryFindByPlatformId!(id));
    expect(told(error)).toEqual([["missing_argument", "organization"]]);
  });

  test("a name that no id can hold is shown, and put back by an update", async () => {
    const { platformId } = await datadog.platform.connections.create(http());
    datadog.standin.change(platformId, { name: "a/b" });
    const options = { platformId };
    const shown = await datadog.platform.connections.tryFind(key, options);
    expect(shown?.name).toBe("a/b");
    const after = await datadog.platform.connections.update(
      key,
      http(),
      options,
    );
    expect(after.name).toBe("warehouse");
  });

  test("a create whose answer is lost is not repeated, and says what to look for", async () => {
    datadog.standin.failNext({
      match: { method: "POST" },
      fault: { kind: "cut", when: "after" },
    });
    const error = await failureOf(datadog.platform.connections.create(http()));
    expect(told(error)).toEqual([["outcome_unknown", ""]]);
    expect(error.message).toContain('called "warehouse"');
    expect(error.message).toContain("terraform import ADDRESS UUID");
    expect(error.message).not.toContain("the next plan shows");
    expect(datadog.standin.stored()).toHaveLength(1);
    expect(datadog.standin.requests({ method: "POST" })).toHaveLength(1);
  });
});

describe("credentials and refusals", () => {
  test("an application key that is not registered gets the way to register it", async () => {
    await datadog.close();
    datadog = await DatadogUnderTest.start({ registered: false });
    const error = await failureOf(datadog.platform.connections.create(http()));
    expect(told(error)).toEqual([["forbidden", ""]]);
    expect(error.message).toContain("Actions API access");
    expect(error.message).toContain(new URL(datadog.standin.url).host);
  });

  test("a wrong key is refused with the names of the settings", async () => {
    const wrong = datadog.connect({ "dd-api-key": new Secret("geheim") });
    const error = await failureOf(wrong.connections.create(http()));
    expect(told(error)).toEqual([["forbidden", ""]]);
    expect(error.message).toContain("DD_API_KEY");
  });

  test("a bearer token is let in", async () => {
    const authorization = new Secret(`Bearer ${datadog.standin.bearerToken}`);
    const bearer = datadog.connect({ authorization });
    expect((await bearer.connections.create(http())).name).toBe("warehouse");
  });

  test("X-RateLimit-Reset is obeyed", async () => {
    datadog.standin.failNext({
      match: { method: "POST" },
      fault: { kind: "rate_limited", rateLimitReset: 7 },
    });
    await datadog.platform.connections.create(http());
    expect(datadog.waits).toEqual([7000]);
  });

  test("Datadog's words are passed on, unless they repeat a secret", async () => {
    // The stand-in quotes the whole token.
    const quoting = await failureOf(
      datadog.platform.connections.create(
        http({ tokens: { "a-b": 'geheim"1' } }),
      ),
    );
    expect(told(quoting)).toEqual([["invalid_configuration", ""]]);
    expect(quoting.message).toContain("Its words are not shown");
    const { platformId } = await datadog.platform.connections.create(http());
    datadog.standin.failNext({
      match: { method: "PATCH" },
      fault: { kind: "status", status: 409, when: "before" },
    });
    const plain = await failureOf(
      datadog.platform.connections.update(key, http(), { platformId }),
    );
    expect(told(plain)).toEqual([["conflict", ""]]);
    expect(plain.message).toContain("the call failed");
  });

  test.each([
    ["no data", {}],
    ["no id", { data: { attributes: {} } }],
    ["no integration", { data: { id: "x", attributes: { name: "x" } } }],
    ["a list", []],
    [
      "a name that is a number",
      {
        data: {
          id: "x",
          attributes: {
            name: 1,
            integration: { type: "AWS", credentials: { type: "x" } },
          },
        },
      },
    ],
  ])("an answer with %s is neither a crash nor gone", async (_title, body) => {
    const answering = createDatadogAdapter({
      client: createDatadogClient({
        baseUrl: "https://api.datadoghq.com",
        fetch: () => Promise.resolve(Response.json(body)),
      }),
      organization: "acme",
    });
    const platformId = "1d8a3b5c-0000-4000-8000-000000000001";
    const reading = answering.connections.tryFind(key, { platformId });
    expect(told(await failureOf(reading))).toEqual([["invalid_answer", ""]]);
    const creation = answering.connections.create(http());
    expect(told(await failureOf(creation))).toEqual([["outcome_unknown", ""]]);
  });
});

const testWithContract = datadogContract === undefined ? test.skip : test;

testWithContract(
  "all of this is checked against Datadog's document",
  async () => {
    const checked = await startDatadogStandin({ contract: datadogContract });
    const headers = {
      "DD-API-KEY": checked.apiKey,
      "DD-APPLICATION-KEY": checked.applicationKey,
      "content-type": "application/json",
    };
    const attributes = {
      name: "x",
      integration: {
        type: "OpenAI",
        credentials: { type: "OpenAIAPIKey", api_key: "x" },
      },
    };
    await fetch(`${checked.url}/api/v2/actions/connections`, {
      method: "POST",
      headers,
      body: JSON.stringify({ data: { type: "action_connection", attributes } }),
    });
    expect(checked.violations()).not.toEqual([]);
    await expect(checked.close()).rejects.toThrow(/does not fit/);
  },
);

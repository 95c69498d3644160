import { PatchbayError, Secret } from "../../diagnostics";
import type { JsonObject, OpenPlatformOptions, Platform } from "../../model";
import type * as Definition from "./definition";
import { datadogDefinition } from "./definition";
import { datadogSites } from "./sites";
import { integrations } from "./types/integrations";

const silent = () => undefined;

function open(
  settings: Readonly<Record<string, string>>,
  organization?: string,
): Promise<Platform> {
  const options: OpenPlatformOptions = {
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        new Secret(value),
      ]),
    ),
    organization,
    workingDirectory: "/nowhere",
    environment: {},
    log: { trace: silent, debug: silent, warn: silent },
  };
  return datadogDefinition.open(options);
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error("it was not refused");
}

const keys = { api_key: "k", app_key: "a" };

test.each([
  ["both keys", {}, ["api_key", "app_key", "DD_API_KEY", "DD_APP_KEY"]],
  ["the API key", { app_key: "a" }, ['"api_key"', "DD_API_KEY"]],
  ["the application key", { api_key: "k", app_key: " " }, ["DD_APP_KEY"]],
])(
  "without %s, both ways to set it are named, and the host",
  async (_title, settings, mentions) => {
    const error = await failureOf(
      open({ ...settings, site: "us5.datadoghq.com" }),
    );
    expect(error.has("missing_credential")).toBe(true);
    for (const mention of [
      ...mentions,
      "api.us5.datadoghq.com",
      "DD_BEARER_TOKEN",
    ])
      expect(error.message).toContain(mention);
  },
);

test.each(datadogSites)("%s is a site", async (site) => {
  expect((await open({ ...keys, site })).title).toBe("Datadog");
});

test("a bearer token does in place of both keys", async () => {
  expect((await open({ bearer_token: "ddpat_x" })).name).toBe("datadog");
});

test.each([
  ["datadoghq.co", "datadoghq.com"],
  ["https://api.datadoghq.eu/", "datadoghq.eu"],
  ["app.datadoghq.com", "datadoghq.com"],
  ["us5.datadog.com", "us5.datadoghq.com"],
])("%s is no site, and %s was meant", async (site, meant) => {
  const error = await failureOf(open({ ...keys, site }));
  expect(error.has("invalid_field")).toBe(true);
  expect(error.message).toContain(`Did you mean "${meant}"?`);
});

test("plain http to another machine is refused before anything is sent", async () => {
  const error = await failureOf(
    open({ ...keys, api_url: "http://proxy.example.com" }),
  );
  expect(error.has("insecure_endpoint")).toBe(true);
});

test("importing the definition does not load HTTP", () => {
  jest.isolateModules(() => {
    jest.doMock("../../http", () => {
      throw new Error("it was loaded");
    });
    const loaded: typeof Definition = jest.requireActual("./definition");
    expect(loaded.datadogDefinition.name).toBe("datadog");
    jest.dontMock("../../http");
  });
});

test("what cannot be changed in place, and what cannot be taken back, is told to plans", () => {
  expect(datadogDefinition.capabilities).toMatchObject({
    immutableFields: { "datadog:Cloudflare": ["credentials_type"] },
    irremovableFields: {
      "datadog:Azure": ["custom_scopes"],
      "datadog:Datadog": ["subdomain"],
    },
  });
});

describe("a datadog_action_connection", () => {
  const id = "1d8a3b5c-0000-4000-8000-000000000001";
  const [move] = datadogDefinition.moves!;
  const blocks = Object.fromEntries(
    ["http", ...integrations.map(({ block }) => block)].map((block) => [
      block,
      null,
    ]),
  );

  test.each([
    ["http", "http"],
    ...integrations.map(({ block, type }) => [block, `datadog:${type}`]),
  ])(
    "with the block %s becomes a %s, its secrets left behind",
    (block, type) => {
      const source: JsonObject = {
        ...blocks,
        id,
        name: "warehouse",
        [block!]: { api_key: { api_token: "geheim" } },
      };
      expect(move!.convert(source)).toEqual({
        ok: true,
        value: { platform_id: id, name: "warehouse", type },
      });
    },
  );

  test.each([
    ["no id", { name: "warehouse" }],
    ["an id that is no UUID", { id: "x", name: "warehouse" }],
    ["no name", { id }],
  ])("with %s is refused", (_title, source) => {
    expect(move!.convert(source as JsonObject)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "move_refused" }],
    });
  });

  test.each(["datadog/datadog", "DataDog/datadog"])(
    "of %s is known",
    (sourceProvider) => {
      expect(datadogDefinition.moves).toContainEqual(
        expect.objectContaining({
          sourceProvider,
          sourceType: "datadog_action_connection",
          targetType: "patchbay_connection",
        }),
      );
    },
  );
});

import { PatchbayError } from "../diagnostics";
import { parseEndpoint } from "./endpoint";
import { requestUrl } from "./request-url";

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof PatchbayError) return error.diagnostics[0]?.code;
    throw error;
  }
  return undefined;
}

test("an endpoint is taken apart without the slash at its end", () => {
  expect(parseEndpoint("https://hub.example.com:8443/base/")).toEqual({
    origin: "https://hub.example.com:8443",
    basePath: "/base",
    host: "hub.example.com:8443",
  });
});

test.each([
  "http://localhost:1",
  "http://hub.localhost",
  "http://127.0.0.1:80",
  "http://127.9.9.9",
  "http://[::1]:1",
])("plain http to this machine is fine: %s", (address) => {
  expect(codeOf(() => parseEndpoint(address))).toBeUndefined();
});

test.each([
  ["http://hub.example.com", "insecure_endpoint"],
  ["http://127.0.0.1.example.com", "insecure_endpoint"],
  ["http://localhost.example.com", "insecure_endpoint"],
  ["http://10.0.0.1", "insecure_endpoint"],
  ["hub.example.com", "invalid_field"],
  ["ftp://hub.example.com", "invalid_field"],
  ["https://jane:geheim@hub.example.com", "invalid_field"],
  ["https://hub.example.com/?token=geheim", "invalid_field"],
  ["", "invalid_field"],
])("the endpoint %j is refused", (address, code) => {
  expect(codeOf(() => parseEndpoint(address))).toBe(code);
});

test("a refusal does not repeat what may be a credential", () => {
  expect(() => parseEndpoint("https://jane:geheim@hub.example.com")).toThrow(
    expect.objectContaining({
      message: expect.not.stringContaining("geheim") as string,
    }),
  );
});

describe("an address", () => {
  const endpoint = parseEndpoint("https://hub.example.com/base");
  const pathTemplate = "/v1/connections/{name}";

  test.each([
    "a/b",
    "ä b",
    "100%",
    "a?b#c",
    "{name}",
    "a\\b",
    "__proto__",
    "%2e%2e",
  ])("carries the name %j in one segment", (name) => {
    const url = new URL(
      requestUrl(endpoint, { pathTemplate, pathParameters: { name } }),
    );
    expect(url.pathname.split("/")).toHaveLength(5);
    expect(decodeURIComponent(url.pathname.split("/")[4]!)).toBe(name);
    expect(url.search).toBe("");
  });

  test.each([".", "..", "", "\ud800"])("cannot hold the name %j", (name) => {
    expect(
      codeOf(() =>
        requestUrl(endpoint, { pathTemplate, pathParameters: { name } }),
      ),
    ).toBe("invalid_name");
  });

  test("leaves out what is undefined in the query", () => {
    const query = { limit: 100, cursor: undefined, type: "a&b" };
    expect(requestUrl(endpoint, { pathTemplate: "/v1", query })).toBe(
      "https://hub.example.com/base/v1?limit=100&type=a%26b",
    );
  });
});

import { PatchbayError, Secret } from "../../diagnostics";
import { addressSetting, ownHeaders } from "./index";

const address = (host: string, given: object = {}, environment = {}) =>
  addressSetting(
    { settings: { host: new Secret(host) }, environment },
    { block: "cloud", name: "host", variable: "CLOUD_HOST", ...given },
  );

function faultOf(act: () => unknown): { code: string; detail: string } {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return thrown.diagnostics[0]!;
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("an address", () => {
  test.each([
    ["https://cloud.example.com", "https://cloud.example.com"],
    [" https://cloud.example.com:8443/ ", "https://cloud.example.com:8443"],
    ["https://cloud.example.com//", "https://cloud.example.com"],
    ["HTTPS://Cloud.Example.com", "https://cloud.example.com"],
    ["http://127.0.0.1:80/", "http://127.0.0.1"],
  ])("%j is %s", (text, expected) => {
    expect(address(text)).toBe(expected);
  });

  test("may be a bare host where that is usual", () => {
    expect(address("acme.example.com/", { bareHost: true })).toBe(
      "https://acme.example.com",
    );
    expect(address("localhost:80", { bareHost: true })).toBe(
      "https://localhost:80",
    );
    expect(faultOf(() => address("acme.example.com")).detail).toBe(
      '"host" in the provider\'s cloud block is not an address. Write https://HOST.',
    );
  });

  test("that is not given is none", () => {
    expect(address(" ")).toBeUndefined();
  });

  test.each([
    "https://cloud.example.com/api/v0",
    "https://cloud.example.com/gehe1m/",
    "https://cloud.example.com/?token=gehe1m",
    "https://cloud.example.com?",
    "https://cloud.example.com/#gehe1m",
    "https://cloud.example.com#",
    "https://jane:gehe1m@cloud.example.com",
    "https://gehe1m@cloud.example.com",
    "https://@cloud.example.com",
    "https://cloud.example.com/a/..",
    "https://cloud.example.com\\gehe1m",
  ])("%s is refused, with what to write, and not repeated", (text) => {
    const { code, detail } = faultOf(() => address(text));
    expect(code).toBe("invalid_field");
    expect(detail).toContain("Write https://cloud.example.com");
    expect(detail).not.toContain("gehe1m");
  });

  test.each(["ftp://cloud.example.com", "https://", "cloud", "://"])(
    "%s is none",
    (text) => {
      expect(faultOf(() => address(text)).detail).toContain("https://HOST");
    },
  );

  test("names the variable where that supplied it", () => {
    const text = "https://cloud.example.com/api";
    const { detail } = faultOf(() => address(text, {}, { CLOUD_HOST: text }));
    expect(detail).toMatch(/^The environment variable CLOUD_HOST holds more/);
  });
});

describe("headers of one's own", () => {
  const headers = (text: string) =>
    ownHeaders({ settings: { headers: new Secret(text) } }, "cloud", [
      "cloud-key",
    ]);

  test("are secrets by name", () => {
    const given = headers('{"X-Proxy-Token":"gehe1m","CF-Access":"a b"}');
    expect(JSON.stringify(given)).not.toContain("gehe1m");
    expect(
      Object.entries(given).map(([name, value]) => [
        name,
        (value as Secret).reveal(),
      ]),
    ).toEqual([
      ["x-proxy-token", "gehe1m"],
      ["cf-access", "a b"],
    ]);
    expect(headers(" ")).toEqual({});
  });

  test.each([
    ['X-Proxy: "gehe1m"', "is not a JSON object"],
    ['["gehe1m"]', "is not a JSON object"],
    ['{"Authorization":"gehe1m"}', 'names "Authorization"'],
    ['{"content-type":"gehe1m"}', 'names "content-type"'],
    ['{"CLOUD-Key":"gehe1m"}', 'names "CLOUD-Key"'],
    ['{"x-a":"gehe1m","X-A":"gehe1m"}', 'names "X-A" twice'],
    ['{"X A":"gehe1m"}', "no header can have"],
    ['{"x-a":["gehe1m"]}', 'gives "x-a" a value'],
    ['{"x-a":"gehe1m\\n"}', 'gives "x-a" a value'],
  ])("%s is refused, without its value", (text, words) => {
    const { code, detail } = faultOf(() => headers(text));
    expect(code).toBe("invalid_field");
    expect(detail).toContain(words);
    expect(detail).not.toContain("gehe1m");
  });
});

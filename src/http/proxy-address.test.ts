import { proxyFor } from "./proxy-address";

const proxy = "http://proxy.example.com:3128";
const through = (
  address: string,
  environment: Readonly<Record<string, string>>,
) => proxyFor(new URL(address), environment)?.host;

test.each<Readonly<Record<string, string>>>([
  { HTTPS_PROXY: proxy },
  { https_proxy: proxy },
  { HTTPS_PROXY: "http://other:1", https_proxy: proxy },
  { HTTPS_PROXY: "proxy.example.com:3128" },
  { HTTPS_PROXY: "http://user:geheim@proxy.example.com:3128" },
])("%j names the proxy", (environment) => {
  expect(through("https://api.example.com", environment)).toBe(
    "proxy.example.com:3128",
  );
});

test.each<[string, Readonly<Record<string, string>>]>([
  ["https://api.example.com", {}],
  ["https://api.example.com", { HTTPS_PROXY: " " }],
  ["https://api.example.com", { HTTP_PROXY: proxy }],
  ["https://localhost:1", { HTTPS_PROXY: proxy }],
  ["https://127.0.0.1:1", { HTTPS_PROXY: proxy }],
  ["https://[::1]:1", { HTTPS_PROXY: proxy }],
  ["http://hub.localhost", { HTTPS_PROXY: proxy, HTTP_PROXY: proxy }],
])("to %s with %j there is none", (address, environment) => {
  expect(through(address, environment)).toBeUndefined();
});

test.each([
  "http://user:ge#heim@proxy.example.com:3128",
  "http://proxy.example.com:99999",
])("%s is refused rather than ignored, and not quoted", (address) => {
  const refused = () =>
    through("https://api.example.com", { HTTPS_PROXY: address });
  expect(refused).toThrow(/does not hold the address of a proxy/);
  expect(refused).not.toThrow(/heim|99999/);
  expect(
    through("https://127.0.0.1", { HTTPS_PROXY: address }),
  ).toBeUndefined();
});

test.each([
  ["https://api.example.com", "*", true],
  ["https://api.example.com", "api.example.com", true],
  ["https://api.example.com", "example.com", true],
  ["https://api.example.com", ".example.com", true],
  ["https://api.example.com", "*.example.com", true],
  ["https://api.example.com", "other.com, Example.COM", true],
  ["https://api.example.com", "ample.com", false],
  ["https://api.example.com", "api.example.com:443", true],
  ["https://api.example.com", "api.example.com:8443", false],
  ["https://api.example.com:8443", "api.example.com:8443", true],
  ["https://10.1.2.3", "10.0.0.0/8", true],
  ["https://11.1.2.3", "10.0.0.0/8", false],
  ["https://10.1.2.3", "10.1.2.3", true],
  ["https://[fd00::1]", "fd00::/8", true],
  ["https://[fd00::1]", "fd00::1", true],
  ["https://[fd00::1]", "10.0.0.0/8", false],
  ["https://10.1.2.3", "10.0.0.0/99", false],
])("%s is excepted by NO_PROXY=%s: %s", (address, exceptions, excepted) => {
  const environment = { HTTPS_PROXY: proxy, NO_PROXY: exceptions };
  expect(through(address, environment) === undefined).toBe(excepted);
});

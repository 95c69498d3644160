import { readDatadogRefusal } from "./errors";

const headers = { get: () => null };
const host = "api.datadoghq.eu";

function refusal(status: number, body: unknown) {
  return readDatadogRefusal({
    status,
    headers,
    body,
    text: undefined,
    host,
    secrets: [],
  });
}

test.each([
  [
    "texts",
    { errors: ["Bad Request", "No such role"] },
    "Bad Request; No such role",
  ],
  [
    "objects",
    { errors: [{ title: "Generic Error", detail: "rpc error:\n name" }] },
    "rpc error: name",
  ],
  [
    "objects with a title of their own",
    { errors: [{ title: "Invalid", detail: "x", status: "400" }] },
    "Invalid: x",
  ],
  ["both", { errors: ["a", { detail: "b" }, {}, 1, null] }, "a; b"],
])("errors that are %s are passed on", (_title, body, words) => {
  expect(refusal(400, body)).toMatchObject({
    problemCode: "invalid_configuration",
    diagnostics: [{ detail: expect.stringContaining(words) }],
  });
});

test.each([401, 408, 429, 500, 502])("%d is left to the status", (status) => {
  expect(refusal(status, { errors: ["x"] })).toBeUndefined();
});

test.each([
  ["HTML", undefined],
  ["JSON of somebody else", { message: "Not Found" }],
  ["a list", [1]],
])("a 404 with %s is not Datadog's word", (_title, body) => {
  expect(refusal(404, body)).toMatchObject({
    diagnostics: [{ code: "invalid_answer" }],
  });
  expect(refusal(404, body)?.problemCode).toBeUndefined();
  expect(refusal(400, body)).toBeUndefined();
});

test("a 403 says how an application key is registered", () => {
  const [diagnostic] = refusal(403, { errors: ["Forbidden"] })!.diagnostics;
  expect(diagnostic).toMatchObject({ code: "forbidden" });
  for (const mention of [
    "Actions API access",
    "curl -X PUT https://api.datadoghq.eu/api/v2/actions/app_key_registrations/APP_KEY_ID",
    "connections_write",
    "DD_SITE",
  ])
    expect(diagnostic!.detail).toContain(mention);
});

test("long words are cut, and control characters go", () => {
  const { diagnostics } = refusal(400, {
    errors: ["\u001b[31m" + "x".repeat(5000)],
  })!;
  expect(diagnostics[0]!.detail.length).toBeLessThan(1000);
  expect(diagnostics[0]!.detail).not.toContain("\u001b");
});

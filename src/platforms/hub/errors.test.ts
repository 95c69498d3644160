import { type DiagnosticPath, formatDiagnostic } from "../../diagnostics";
import { readHubRefusal } from "./errors";

function read(status: number, body: unknown) {
  return readHubRefusal({
    status,
    body,
    headers: new Headers(),
    secrets: [],
    host: "hub.example.com",
  });
}

function problem(code: string, path: DiagnosticPath = []) {
  return {
    code,
    detail: "Said by the hub.",
    diagnostics: [{ code, path, detail: "Said by the hub." }],
  };
}

test.each([
  [404, "not_found"],
  [409, "already_exists"],
  [409, "in_use"],
  [412, "conflict"],
  [400, "invalid_field"],
  [503, "hub_locked"],
  [500, "hub_corrupted"],
])("a %i of the hub with the code %s stays what it is", (status, code) => {
  const refusal = read(status, problem(code, ["config", "hosts", 2]));
  expect(refusal?.problemCode).toBe(code);
  expect(refusal?.diagnostics).toMatchObject([
    {
      severity: "error",
      code,
      detail: "Said by the hub.",
      path: ["config", "hosts", 2],
    },
  ]);
});

test("all diagnostics of a problem are read, in their order", () => {
  const diagnostics = [
    ...problem("unknown_field").diagnostics,
    ...problem("missing_field").diagnostics,
  ];
  const refusal = read(400, { diagnostics });
  expect(refusal?.diagnostics.map(({ code }) => code)).toEqual([
    "unknown_field",
    "missing_field",
  ]);
});

test("a code that only a newer hub knows keeps its words", () => {
  const refusal = read(400, problem("from_the_future"));
  expect(refusal?.diagnostics.map(formatDiagnostic)).toEqual([
    "Platform failed (platform_failure): Said by the hub.",
  ]);
});

test.each([
  [
    "a refused credential, whose origin only this side knows",
    401,
    problem("unauthorized"),
  ],
  [
    "the hub's own failure, after which a write may have happened",
    500,
    problem("internal_error"),
  ],
  ["no body", 503, undefined],
  ["a text", 503, "down"],
  ["a list", 503, []],
  [
    "a problem of somebody else",
    403,
    { type: "about:blank", title: "Forbidden" },
  ],
  ["no diagnostics", 400, { diagnostics: [] }],
  ["diagnostics that are none", 400, { diagnostics: [{ code: 7 }, null] }],
  [
    "a path that is none",
    400,
    { diagnostics: [{ code: "not_found", detail: "x", path: [{}] }] },
  ],
  ["inherited names for a code", 500, { diagnostics: "constructor" }],
])("%s is left to the status", (_title, status, body) => {
  expect(read(status, body)).toBeUndefined();
});

test.each([undefined, "<html>", { code: "not_found" }, { diagnostics: [] }])(
  "a 404 without the hub's word (%j) is no word of the hub",
  (body) => {
    const refusal = read(404, body);
    expect(refusal?.diagnostics[0]?.code).toBe("invalid_answer");
    expect(refusal?.problemCode).toBeUndefined();
  },
);

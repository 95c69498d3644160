import { diagnosticSummaries } from "./codes";
import {
  errorDiagnostic,
  formatDiagnostic,
  formatPath,
  hasErrors,
  under,
  warningDiagnostic,
} from "./diagnostic";
import { diagnosticsOf, PatchbayError } from "./patchbay-error";

test.each(Object.entries(diagnosticSummaries))(
  "%s has a summary of two to five words: %s",
  (code, summary) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(summary.split(" ").length).toBeGreaterThanOrEqual(2);
    expect(summary.split(" ").length).toBeLessThanOrEqual(5);
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
  },
);

test.each<[path: (string | number)[], text: string]>([
  [[], ""],
  [["config", "hosts", 2, "port"], "config.hosts[2].port"],
  [["config", "X-Api-Key"], "config.X-Api-Key"],
  [["config", "a.b", 'c"d'], 'config["a.b"]["c\\"d"]'],
  [
    ["organization/acme/warehouse", "name"],
    '["organization/acme/warehouse"].name',
  ],
])("the path %j is written %s", (path, text) => {
  expect(formatPath(path)).toBe(text);
});

test("a diagnostic says what, where and why on one line", () => {
  const fault = under(
    ["connections", 0],
    errorDiagnostic({
      code: "unknown_field",
      path: ["prot"],
      detail: "There is no field.",
    }),
  );
  expect(formatDiagnostic(fault)).toBe(
    "Unknown field at connections[0].prot (unknown_field): There is no field.",
  );
});

test("a warning is no error", () => {
  const warning = warningDiagnostic({ code: "unsupported", detail: "" });
  expect(hasErrors([warning])).toBe(false);
  expect(
    hasErrors([warning, errorDiagnostic({ code: "conflict", detail: "" })]),
  ).toBe(true);
});

test("what a PatchbayError carries comes back; anything else is our own bug, told without its message", () => {
  const error = new PatchbayError({ code: "in_use", detail: "Used." });
  expect(error.has("in_use")).toBe(true);
  expect(diagnosticsOf(error)).toBe(error.diagnostics);
  for (const bug of [new Error("hunter2"), "hunter2", undefined, null]) {
    const [diagnostic] = diagnosticsOf(bug);
    expect(diagnostic!.code).toBe("internal_error");
    expect(JSON.stringify(diagnostic)).not.toContain("hunter2");
  }
});

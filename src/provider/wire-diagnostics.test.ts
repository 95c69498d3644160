import { errorDiagnostic, warningDiagnostic } from "../diagnostics";
import { toAttributePath, toWireDiagnostic } from "./wire-diagnostics";

test("a diagnostic closes with its whole path and code, and points at the attribute", () => {
  expect(
    toWireDiagnostic(
      errorDiagnostic({
        code: "unknown_field",
        path: ["config", "hosts", 0, "a.b"],
        detail: "No such field.\n",
      }),
    ),
  ).toEqual({
    severity: "error",
    summary: "Unknown field",
    detail:
      'No such field.\n\nPath: config.hosts[0]["a.b"]\nCode: unknown_field',
    attribute: { steps: [{ attributeName: "config" }] },
  });
});

test("a diagnostic about the whole has neither path nor attribute", () => {
  expect(
    toWireDiagnostic(
      warningDiagnostic({ code: "conflict", detail: "Changed." }),
    ),
  ).toEqual({
    severity: "warning",
    summary: "Changed by somebody else",
    detail: "Changed.\n\nCode: conflict",
  });
});

test("steps are attribute names and list indexes", () => {
  expect(toAttributePath(["config", 3, "x"])).toEqual({
    steps: [
      { attributeName: "config" },
      { elementKeyInt: 3 },
      { attributeName: "x" },
    ],
  });
});

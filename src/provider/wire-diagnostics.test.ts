import { errorDiagnostic, warningDiagnostic } from "../diagnostics";
import {
  toAttributePath,
  toWireDiagnostic,
  toWireDiagnostics,
} from "./wire-diagnostics";

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

test("what ADDRESS stands for is said, as no provider knows it", () => {
  const detail = "Import it:\n\n  terraform import ADDRESS acme";
  expect(
    toWireDiagnostic(errorDiagnostic({ code: "already_exists", detail })),
  ).toMatchObject({
    detail: `${detail}\n\nADDRESS is the address of this resource, which Terraform names above.\n\nCode: already_exists`,
  });
});

test("what is said several times is said once, with how often", () => {
  const refusal = errorDiagnostic({ code: "forbidden", detail: "Ask." });
  const other = errorDiagnostic({ code: "conflict", detail: "Changed." });
  expect(
    toWireDiagnostics([refusal, other, refusal, refusal]).map(
      ({ detail }) => detail,
    ),
  ).toEqual([
    "Ask.\n\nCode: forbidden\n(and 2 more)",
    "Changed.\n\nCode: conflict",
  ]);
});

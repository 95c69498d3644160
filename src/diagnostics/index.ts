/**
 * The error model: a Diagnostic is data with a stable code, a path and what to
 * do; PatchbayError carries diagnostics through code that talks to the outside;
 * Secret hides values. Imports nothing of ours and knows nothing of Terraform,
 * platforms or connections.
 */
export { type DiagnosticCode, diagnosticSummaries } from "./codes";
export {
  type Diagnostic,
  type DiagnosticOptions,
  type DiagnosticPath,
  errorDiagnostic,
  formatDiagnostic,
  formatPath,
  hasErrors,
  under,
  warningDiagnostic,
} from "./diagnostic";
export { diagnosticsOf, PatchbayError } from "./patchbay-error";
export { Secret, SECRET_PLACEHOLDER } from "./secret";
export { didYouMean, nearestName } from "./suggestion";

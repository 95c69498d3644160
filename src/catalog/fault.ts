import type { DiagnosticPath } from "../diagnostics";
import type { FieldSet } from "./field-schema";

/**
 * What is wrong with the fields of a connection, before it is decided where in
 * the declaration it is reported. Paths are relative to the fields, without
 * "config" or "secrets".
 */
export type Fault =
  /** A value breaks a rule of its field. */
  | {
      readonly kind: "value";
      readonly path: DiagnosticPath;
      readonly detail: string;
    }
  /** A required field is not given. */
  | {
      readonly kind: "missing";
      readonly path: DiagnosticPath;
      /** The field that needs it; without one, the object itself does. */
      readonly because?: string | undefined;
      /** An override removes it. */
      readonly removed?: boolean;
    }
  /** None of the alternatives is given. */
  | {
      readonly kind: "no_alternative";
      readonly path: DiagnosticPath;
      readonly sets: readonly FieldSet[];
    }
  /** Fields are given that exclude each other; it is reported at the last one. */
  | {
      readonly kind: "conflict";
      readonly path: DiagnosticPath;
      readonly fields: readonly string[];
    };

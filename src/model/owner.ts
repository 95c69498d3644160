import {
  didYouMean,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { type Checked, invalid, valid } from "./checked";
import { escapeName, readName } from "./name";

/** The kinds of owner that exist; each platform allows some of them. */
export const ownerKinds = [
  "organization",
  "user",
  "tenant",
  "workspace",
  "deployment",
] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** Whom a connection belongs to. A tenant has no name: there is one per platform host. */
export type Owner =
  | { readonly kind: Exclude<OwnerKind, "tenant">; readonly name: string }
  | { readonly kind: "tenant" };

/** `organization/acme`, `tenant`; the name as in ids. */
export function formatOwner(owner: Owner): string {
  return owner.kind === "tenant"
    ? "tenant"
    : `${owner.kind}/${escapeName(owner.name)}`;
}

/** Reads `organization/acme`, `user/jane`, `workspace/analytics`, `deployment/prod` or `tenant`. */
export function parseOwner(
  text: string,
  path: DiagnosticPath = ["owner"],
): Checked<Owner> {
  if (text === "tenant") return valid({ kind: "tenant" });
  const slash = text.indexOf("/");
  const kind = slash < 0 ? text : text.slice(0, slash);
  const name = slash < 0 ? "" : text.slice(slash + 1);
  if (!isNamedKind(kind) || name === "") {
    return invalid(
      errorDiagnostic({
        code: "invalid_owner",
        path,
        detail: `${JSON.stringify(text)} is not an owner. Write KIND/NAME with one of the kinds ${ownerKinds
          .filter((known) => known !== "tenant")
          .join(
            ", ",
          )}, for example "organization/acme", or "tenant".${didYouMean(kind, ownerKinds)}`,
      }),
    );
  }
  const read = readName(name, path);
  return read.ok ? valid({ kind, name: read.value }) : read;
}

function isNamedKind(kind: string): kind is Exclude<OwnerKind, "tenant"> {
  return kind !== "tenant" && (ownerKinds as readonly string[]).includes(kind);
}

export function equalOwners(left: Owner, right: Owner): boolean {
  return formatOwner(left) === formatOwner(right);
}

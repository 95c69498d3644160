import { PatchbayError } from "../../diagnostics";
import { formatOwner } from "../../model";
import type { Account } from "../account";
import type { TokenScope } from "../token";

/** What a route asks of the token. */
export type RequiredAccess =
  "read" | "write" | "effective" | "admin" | "admin_read";

export interface AccessRequest {
  readonly required: RequiredAccess;
  /** The account that the route is about; none for routes about all of them. */
  readonly account: Account | undefined;
  /** The deployment whose effective connections are asked for. */
  readonly deployment: string | undefined;
}

/** Refuses with `forbidden` what the token's scope does not cover. */
export function requireAccess(scope: TokenScope, request: AccessRequest): void {
  if (isAllowed(scope, request)) return;
  throw new PatchbayError({
    code: "forbidden",
    detail: `This token may not do that: it ${purposeOf(scope)}. Use a token with another scope.`,
  });
}

/** Whether the answer may hold secrets: only for the deployment itself. */
export function mayReadSecrets(scope: TokenScope): boolean {
  return scope.kind === "deployment";
}

function isAllowed(
  scope: TokenScope,
  { required, account, deployment }: AccessRequest,
): boolean {
  switch (scope.kind) {
    case "admin":
      return true;
    case "account":
      return (
        account !== undefined &&
        equalAccounts(scope.account, account) &&
        (required === "read" ||
          required === "write" ||
          required === "effective")
      );
    case "read_only":
      if (scope.account === undefined)
        return required !== "write" && required !== "admin";
      return (
        account !== undefined &&
        equalAccounts(scope.account, account) &&
        (required === "read" || required === "effective")
      );
    case "deployment":
      return (
        required === "effective" &&
        account !== undefined &&
        equalAccounts(scope.account, account) &&
        deployment === scope.deployment
      );
  }
}

function equalAccounts(left: Account, right: Account): boolean {
  return left.kind === right.kind && left.name === right.name;
}

function purposeOf(scope: TokenScope): string {
  switch (scope.kind) {
    case "admin":
      return "is for everything";
    case "account":
      return `is for ${formatOwner(scope.account)}`;
    case "read_only":
      return `only reads${scope.account === undefined ? "" : ` ${formatOwner(scope.account)}`}`;
    case "deployment":
      return `only reads the effective connections of the deployment ${scope.deployment} of ${formatOwner(scope.account)}`;
  }
}

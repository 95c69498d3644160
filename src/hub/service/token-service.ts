import { createHash, randomBytes } from "node:crypto";
import { Secret } from "../../diagnostics";
import type { CreateTokenOptions, TokenOperations } from "../hub-api";
import type { NamedTokenRow, Rows } from "../store/store";
import type { TokenRow } from "../store/tables";
import type { ObservedToken, TokenScope } from "../token";
import { type HubContext, reading, writing } from "./context";
import { ensureAccount, requireAccount, requireDeployment } from "./lookup";
import { pageOf } from "./paging";

/** Begins every token, so that scanners for leaked credentials can know one. */
const TOKEN_PREFIX = "patchbay_";

export function tokenService(context: HubContext): TokenOperations {
  return {
    list: (options) =>
      reading(context, options, (rows) =>
        pageOf({
          options,
          list: (slice) => rows.tokens.list(slice),
          keysOf: (row) => [row.id],
          toItem: observedToken,
        }),
      ),
    create: (options) =>
      writing(context, options, async (rows) => {
        const token = new Secret(
          `${TOKEN_PREFIX}${randomBytes(32).toString("base64url")}`,
        );
        const row: TokenRow = {
          id: `tok_${context.ids()}`,
          hash: hashOf(token),
          scope: options.scope.kind,
          ...(await holderOf(context, rows, options)),
          description: options.description ?? null,
        };
        await rows.tokens.insert(row);
        const { scope, description } = options;
        return { platformId: row.id, scope, description, token };
      }),
    delete: (options) =>
      writing(context, options, (rows) =>
        rows.tokens.remove(options.platformId),
      ),
  };
}

/** What the bearer of this token may do; undefined for a token that the hub does not know. */
export function authenticate(
  context: HubContext,
  token: Secret,
): Promise<TokenScope | undefined> {
  return reading(context, undefined, async (rows) => {
    const row = await rows.tokens.findByHash(hashOf(token));
    return row && scopeOf(row);
  });
}

/** Tokens are long and random: one round of SHA-256 is enough. */
function hashOf(token: Secret): string {
  return createHash("sha256").update(token.reveal()).digest("hex");
}

async function holderOf(
  context: HubContext,
  rows: Rows,
  { scope }: CreateTokenOptions,
): Promise<Pick<TokenRow, "account_id" | "deployment_id">> {
  if (
    scope.kind === "admin" ||
    (scope.kind === "read_only" && scope.account === undefined)
  ) {
    return { account_id: null, deployment_id: null };
  }
  if (scope.kind === "deployment") {
    const account = await requireAccount(rows, scope.account);
    const place = { name: scope.deployment, path: ["deployment"] };
    const deployment = await requireDeployment(rows, account, place);
    return { account_id: account.id, deployment_id: deployment.id };
  }
  const account = await ensureAccount(context, rows, scope.account!);
  return { account_id: account.id, deployment_id: null };
}

function observedToken(row: NamedTokenRow): ObservedToken {
  return {
    platformId: row.id,
    scope: scopeOf(row),
    description: row.description ?? undefined,
  };
}

function scopeOf(row: NamedTokenRow): TokenScope {
  const account =
    row.account_kind === null || row.account_name === null
      ? undefined
      : { kind: row.account_kind, name: row.account_name };
  if (row.scope === "admin") return { kind: "admin" };
  if (row.scope === "read_only") return { kind: "read_only", account };
  // Foreign keys with cascade keep the account and the deployment of a token's scope there.
  if (row.scope === "account") return { kind: "account", account: account! };
  return {
    kind: "deployment",
    account: account!,
    deployment: row.deployment_name!,
  };
}

import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import type {
  Access,
  AccessPort,
  CallOptions,
  ConnectionKey,
  JsonObject,
  KeyedCallOptions,
} from "../../model";
import { formatConnectionKey } from "../../model";
import { TENANT } from "./access-argument";
import { requireHandle } from "./handle";
import type { PermissionRecord } from "./permission-record";
import { isGone } from "../kit";
import { isRefusal } from "./errors";
import { isOfKind, type PipesIdentities } from "./identities";
import type {
  Grant,
  Granted,
  PermittedConnection,
  PipesPermissions,
} from "./permissions";

/** A connection whose access is written. */
export interface AccessibleConnection extends PermittedConnection {
  /** The id of whom it belongs to. */
  readonly ownerId: string | undefined;
}

/**
 * The access list of a connection: the permissions for whole organizations,
 * users and the tenant. Those for single workspaces are the attachments' and
 * are neither shown nor touched here.
 */
export class PipesAccess implements AccessPort {
  readonly #permissions: PipesPermissions;
  readonly #identities: PipesIdentities;

  constructor(context: {
    readonly permissions: PipesPermissions;
    readonly identities: PipesIdentities;
  }) {
    this.#permissions = context.permissions;
    this.#identities = context.identities;
  }

  async find(
    key: ConnectionKey,
    options: KeyedCallOptions = {},
  ): Promise<Access> {
    // What a workspace owns has no permissions.
    if (key.owner.kind === "workspace") return {};
    requireHandle(key.name);
    const { owner, name } = key;
    try {
      const granted = await this.#granted(
        { owner, name, id: options.platformId },
        options,
      );
      return { use: [...granted.keys()].sort() };
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown;
      throw new PatchbayError({
        code: "not_found",
        detail: `There is no connection ${formatConnectionKey(key)} on Turbot Pipes.`,
      });
    }
  }

  /** Grants what a new connection's list names. */
  async grantNew(
    connection: AccessibleConnection,
    { use = [] }: Access,
    options: CallOptions,
  ): Promise<void> {
    for (const principal of use)
      await this.#grant(connection, principal, options);
  }

  /** Makes the list be as declared: grants what is missing, then takes away what is not listed. */
  async update(
    connection: AccessibleConnection,
    { use = [] }: Access,
    options: CallOptions,
  ): Promise<void> {
    const granted = await this.#granted(connection, options);
    for (const principal of use)
      if (!granted.has(principal))
        await this.#grant(connection, principal, options);
    for (const [principal, permissions] of granted) {
      if (use.includes(principal)) continue;
      for (const id of permissions)
        await this.#revoke(connection, { principal, id }, options);
    }
  }

  async #revoke(
    connection: AccessibleConnection,
    { principal, id }: { readonly principal: string; readonly id: string },
    options: CallOptions,
  ): Promise<void> {
    try {
      await this.#permissions.remove(connection, id, options);
    } catch (thrown) {
      throw about(thrown, `${principal} still may use`, connection);
    }
  }

  /** By principal, the ids of the permissions that it has. */
  async #granted(
    connection: PermittedConnection,
    options: CallOptions,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const granted = new Map<string, string[]>();
    for (const permission of await this.#permissions.list(
      connection,
      options,
    )) {
      const principal = await this.#principalOf(permission, options);
      if (principal === undefined) continue;
      granted.set(principal, [
        ...(granted.get(principal) ?? []),
        permission.id,
      ]);
    }
    return granted;
  }

  /** Undefined for a single workspace's, which is not the list's. */
  async #principalOf(
    { reach }: PermissionRecord,
    options: CallOptions,
  ): Promise<string | undefined> {
    if (reach?.kind === "tenant") return TENANT;
    return reach?.kind === "identity"
      ? await this.#identities.principalOf(reach, options)
      : undefined;
  }

  async #grant(
    connection: AccessibleConnection,
    principal: string,
    options: CallOptions,
  ): Promise<void> {
    const grant: Grant = {
      body: await this.#bodyOf(connection, principal, options),
      isSame: async (permission) =>
        (await this.#principalOf(permission, options)) === principal,
    };
    let granted: Granted;
    try {
      granted = await this.#permissions.grant(connection, grant, options);
    } catch (thrown) {
      if (isRefusal(thrown, 400, 404))
        await this.#requireExistence(connection, principal, options);
      throw about(thrown, `${principal} was not granted`, connection);
    }
    // A handle does not tell whether it is an organization's or a user's.
    const { reach, id } = granted.permission;
    if (reach?.kind !== "identity" || isOfKind(principal, reach.id)) return;
    const other = await this.#identities.principalOf(reach, options);
    await this.#revoke(connection, { principal: other, id }, options);
    throw new PatchbayError({
      code: "invalid_field",
      path: ["access", "use"],
      detail: `On Turbot Pipes there is no ${JSON.stringify(principal)}, but ${JSON.stringify(other)}. Write that instead.`,
    });
  }

  /** Whoever is not there is the likeliest reason for a refusal. */
  async #requireExistence(
    connection: ConnectionKey,
    principal: string,
    options: CallOptions,
  ): Promise<void> {
    if (principal === TENANT) return;
    const isThere = await this.#identities
      .exists(handleOf(principal), options)
      // Then the refusal itself has to do.
      .catch(() => true);
    if (isThere) return;
    throw new PatchbayError({
      code: "not_found",
      path: ["access", "use"],
      detail: `There is no ${JSON.stringify(principal)} on Turbot Pipes, so it was not granted the connection ${formatConnectionKey(connection)}. Check the handle, and that it belongs to the tenant of this host.`,
    });
  }

  async #bodyOf(
    { ownerId = "" }: AccessibleConnection,
    principal: string,
    options: CallOptions,
  ): Promise<JsonObject> {
    if (principal === TENANT)
      return {
        tenant_handle: await this.#identities.tenantHandle(ownerId, options),
      };
    return { identity_handle: handleOf(principal) };
  }
}

function handleOf(principal: string): string {
  return principal.slice(principal.indexOf("/") + 1);
}

/** A refusal, with the principal and the connection that it concerns. */
function about(
  thrown: unknown,
  what: string,
  connection: ConnectionKey,
): unknown {
  if (!isRefusal(thrown, 400, 402, 403, 404, 409)) return thrown;
  return new PatchbayError(
    thrown.diagnostics.map(({ code, detail }) =>
      errorDiagnostic({
        code,
        path: ["access", "use"],
        detail: `${what} the connection ${formatConnectionKey(connection)}. ${detail}`,
      }),
    ),
  );
}

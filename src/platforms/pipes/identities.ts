import { PatchbayError } from "../../diagnostics";
import type { CallOptions } from "../../model";
import type { Reach } from "./permission-record";
import type { PipesCalls } from "./client";

interface Tenant {
  readonly id: string;
  readonly handle: string;
}

/** Between ids and handles of organizations, users and tenants. Each is asked for once. */
export class PipesIdentities {
  readonly #calls: PipesCalls;
  readonly #handles = new Map<string, Promise<string | undefined>>();
  #tenants: Promise<readonly Tenant[]> | undefined;

  constructor(calls: PipesCalls) {
    this.#calls = calls;
  }

  /** `org/acme` or `user/jane`. An identity that is gone is called by its id. */
  async principalOf(
    { id, handle }: Extract<Reach, { kind: "identity" }>,
    options: CallOptions = {},
  ): Promise<string> {
    const name = handle ?? (await this.#handle(id, options)) ?? id;
    return `${kindOf(id)}/${name}`;
  }

  /** Whether there is an organization or a user of this handle. */
  async exists(handle: string, options: CallOptions = {}): Promise<boolean> {
    return (await this.#ask(handle, options)) !== undefined;
  }

  /** Rejects with `not_found` where the token's owner is no member of the tenant. */
  async tenantHandle(
    tenantId: string,
    options: CallOptions = {},
  ): Promise<string> {
    const tenants = await (this.#tenants ??= this.#listTenants(options));
    const tenant = tenants.find(({ id }) => id === tenantId);
    if (tenant !== undefined) return tenant.handle;
    throw new PatchbayError({
      code: "not_found",
      path: ["access", "use"],
      detail: `Turbot Pipes does not show the tenant ${tenantId} to the owner of this token, so it cannot be granted anything. Use the token of a member of the tenant.`,
    });
  }

  #listTenants(options: CallOptions): Promise<readonly Tenant[]> {
    const listing = this.#calls.list(
      { pathTemplate: "/tenant", pathParameters: {} },
      (answer) => ({
        id: answer.text("id"),
        handle: answer.text("handle"),
      }),
      options,
    );
    // A failure is not remembered.
    listing.catch(() => (this.#tenants = undefined));
    return listing;
  }

  #handle(
    identityId: string,
    options: CallOptions,
  ): Promise<string | undefined> {
    const known = this.#handles.get(identityId);
    if (known !== undefined) return known;
    const asked = this.#ask(identityId, options);
    this.#handles.set(identityId, asked);
    // A failure is not remembered.
    asked.catch(() => this.#handles.delete(identityId));
    return asked;
  }

  /** The handle of who is asked for by handle or, as Turbot's own plugin does, by id. */
  #ask(identity: string, options: CallOptions): Promise<string | undefined> {
    return this.#calls.tryGet(
      {
        pathTemplate: "/identity/{identity}",
        pathParameters: { identity },
      },
      (answer) => answer.text("handle"),
      options,
    );
  }
}

/** Whether a principal and an id agree in that an organization is meant, or a user. */
export function isOfKind(principal: string, identityId: string): boolean {
  return principal.startsWith(`${kindOf(identityId)}/`);
}

function kindOf(identityId: string): "user" | "org" {
  return identityId.startsWith("u_") ? "user" : "org";
}

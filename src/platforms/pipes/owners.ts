import { PatchbayError } from "../../diagnostics";
import { type KeyedCallOptions, type Owner } from "../../model";
import type { PipesCalls } from "./client";
import { connectionRecordOf, isOwnedBy } from "./connection-record";
import { isGone } from "../kit";
import { below, type Places } from "./places";
import { listWorkspaceRecords, type WorkspaceRecord } from "./workspace-record";

/**
 * Who has connections, for when something is not found: Pipes answers the same
 * for what is gone as for everything under an owner that was renamed, deleted or
 * is hidden from the token.
 */
export class PipesOwners {
  readonly #context: { readonly calls: PipesCalls; readonly places: Places };
  readonly #workspaces = new Map<string, Promise<readonly WorkspaceRecord[]>>();

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
  }) {
    this.#context = context;
  }

  /** See `ConnectionPort.tryFindOwner`. */
  async tryFind(
    owner: Owner,
    { platformId, signal }: KeyedCallOptions = {},
  ): Promise<Owner | undefined> {
    // The host and the token tell the tenant: it has no name that could be wrong.
    if (owner.kind === "tenant") return owner;
    const workspaces = await this.#workspacesOf(owner);
    if (owner.kind !== "workspace") return owner;
    if (workspaces.some(({ handle }) => handle === owner.name)) return owner;
    if (platformId === undefined) return undefined;
    const { calls, places } = this.#context;
    for (const { handle } of workspaces) {
      const renamed = { kind: "workspace", name: handle } as const;
      const records = await calls.list(
        below(places.of(renamed), "/connection"),
        connectionRecordOf,
        { signal },
      );
      const isThere = records.some(
        (record) => record.id === platformId && isOwnedBy(record, renamed),
      );
      if (isThere) return renamed;
    }
    return undefined;
  }

  /** Those of the owner's organization, which stands at the top. Listed once. */
  #workspacesOf(owner: Owner): Promise<readonly WorkspaceRecord[]> {
    const organization = this.#context.places.organizationOf(owner);
    const known = this.#workspaces.get(organization);
    if (known !== undefined) return known;
    const listing = listWorkspaceRecords(this.#context, owner).catch(
      (thrown: unknown) => {
        throw isGone(thrown) ? notThere(organization) : thrown;
      },
    );
    this.#workspaces.set(organization, listing);
    // A failure is not remembered.
    listing.catch(() => this.#workspaces.delete(organization));
    return listing;
  }
}

function notThere(organization: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `organization/${organization} is not there for this token: renamed, deleted, or not visible. Nothing is known of what it has, so nothing is taken out of the state. Check the organization's handle in Turbot Pipes, the provider's "organization" and "host", and whose token it is.`,
  });
}

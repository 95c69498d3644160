import { type Diagnostic, hasErrors, PatchbayError } from "../diagnostics";
import {
  type Creation,
  KNOWN_AFTER_APPLY,
  needed,
  parseAttachmentKey,
  parseConnectionKey,
  parseLinkKey,
} from "../model";
import {
  connectionDifferences,
  inventoryDifferences,
  linkDifferences,
  parseInventoryId,
  type PlainChange,
  type Planned,
} from "../plan";
import type { Place } from "./step";
import { Ownership } from "./whose";

/** How a plan looks whether what it will create is there already. One per walk. */
export class Look {
  readonly #place: Place;
  /** Kinds of which a question failed: it is not put again for each object. */
  readonly #failed = new Set<string>();

  constructor(place: Place) {
    this.#place = place;
  }

  /**
   * What is to be said of an object of the same name, if there is one. Costs no
   * request for each object: a listing serves all. A failure of it is no failure
   * of the plan. Where names are not unique, another of the name is in no one's way.
   */
  async before(
    planned: Planned,
    { isInState }: { readonly isInState: boolean },
  ): Promise<readonly Diagnostic[]> {
    const { kind, id, action, diagnostics } = planned;
    const { platform, ownership = new Ownership() } = this.#place;
    if (
      action !== "create" ||
      id === KNOWN_AFTER_APPLY ||
      hasErrors(diagnostics) ||
      platform.capabilities.sharedNames === true ||
      this.#failed.has(kind)
    )
      return [];
    try {
      const found = await this.#find(planned, id);
      return found === undefined
        ? []
        : ownership.warnings({ kind, id, ...found }, { isInState });
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      this.#failed.add(kind);
      return [];
    }
  }

  async #find(
    planned: Planned,
    id: string,
  ): Promise<
    | {
        readonly creation: Creation;
        readonly differing: readonly PlainChange[];
      }
    | undefined
  > {
    const { platform, snapshot } = this.#place;
    switch (planned.kind) {
      case "connection": {
        const stored = await snapshot.connections.tryFindListed(
          needed(parseConnectionKey(id)),
        );
        return (
          stored && {
            creation: stored,
            differing: connectionDifferences(
              planned.declared,
              stored,
              platform.rules,
            ),
          }
        );
      }
      case "attachment": {
        const key = needed(parseAttachmentKey(id));
        // Nothing belongs to a connection that is not there.
        const parent = await snapshot.connections.tryFindListed(key.connection);
        const stored =
          parent && (await snapshot.attachments.tryFindListed(key));
        return stored && { creation: stored, differing: [] };
      }
      case "link": {
        const key = needed(parseLinkKey(id));
        const parent = await snapshot.connections.tryFindListed(key.connection);
        const stored = parent && (await snapshot.links.tryFindListed(key));
        return (
          stored && {
            creation: stored,
            differing: linkDifferences(planned.overrides, stored),
          }
        );
      }
      case "workspace":
      case "deployment": {
        const key = needed(parseInventoryId(planned.kind, id));
        const stored = await (
          planned.kind === "workspace"
            ? snapshot.workspaces
            : snapshot.deployments
        ).tryFindListed(key);
        return (
          stored && {
            creation: stored,
            differing: inventoryDifferences(planned.declared, stored),
          }
        );
      }
    }
  }
}

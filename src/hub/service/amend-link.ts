import { Secret } from "../../diagnostics";
import {
  formatLinkKey,
  type Link,
  type LinkKey,
  objectOf,
  type ObservedLink,
  overriddenFields,
} from "../../model";
import type { KeyedWrite } from "../hub-api";
import type { LinkRow } from "../store/tables";
import { type HubContext, writing } from "./context";
import { notFound, requireCurrent } from "./failures";
import { requireValidOverrides } from "./link-checks";
import { named, tryLink } from "./link-place";
import { normalizedLink } from "./normalized-connection";
import { observedLink } from "./observed";
import { sealFields, unsealFields } from "./sealed-fields";

/** An update that is made from what is there, secrets included, while nobody else writes. */
export interface LinkAmendment extends KeyedWrite<LinkKey> {
  readonly amend: (current: Link) => Link;
}

/** Carries it out, or rejects as `update` does. */
export function amendLink(
  context: HubContext,
  options: LinkAmendment,
): Promise<ObservedLink> {
  return writing(context, options, async (rows) => {
    const found = await tryLink(rows, options.account, options.key);
    const what = `link ${formatLinkKey(options.key)}`;
    if (found === undefined) throw notFound(what);
    const { row, connection } = found;
    requireCurrent(what, row, options.concurrencyToken);
    const current: Link = {
      ...observedLink(named(row, found)),
      overrideSecrets: new Secret(unsealFields(context, row.id, row)),
    };
    const link = normalizedLink(connection.type, options.amend(current));
    const overrideSecrets =
      link.overrideSecrets ?? new Secret(objectOf<never>([]));
    requireValidOverrides(context, connection, {
      overrides: link.overrides,
      overrideSecrets: overrideSecrets.reveal(),
    });
    const changed: LinkRow = {
      ...row,
      overrides_json: JSON.stringify(link.overrides),
      ...sealFields(context, {
        id: row.id,
        before: row,
        secrets: overrideSecrets,
        fieldsOf: overriddenFields,
      }),
      version: row.version + 1,
    };
    await rows.links.update(changed);
    return observedLink(named(changed, found));
  });
}

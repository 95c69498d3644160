import { PatchbayError, Secret } from "../diagnostics";
import {
  formatLinkKey,
  isKnown,
  type KnownAs,
  type Link,
  type ObservedLink,
  parseLinkKey,
  needed,
} from "../model";
import {
  declaredLinkAs,
  linkKnownBefore,
  jsonObject,
  type LinkBefore,
  linkDifferences,
  linkIsAsDeclared,
  normalizedOverrideSecrets,
  parentChanged,
  type PlannedLink,
  planLink,
  rulesOf,
  sameSeen,
  toLink,
  typeOf,
} from "../plan";
import { linksOf } from "./parts";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import { removeOnce } from "./safe-remove";
import { knownRevisions, settleSecrets } from "./settle-secrets";
import type { MakingLink, Place, Promised, SentSecrets } from "./step";

export interface MadeLink {
  /** Undefined where nothing was written: what the deployment sees changed by the connection alone. */
  readonly observed: ObservedLink | undefined;
  /** The link as planned now that everything is known. */
  readonly planned: PlannedLink;
  readonly secrets: SentSecrets;
}

/** Creates the link, or changes it in place. */
export async function makeLink(
  making: MakingLink,
  place: Place,
): Promise<MadeLink> {
  const { declared, before, parent, promised } = making;
  const planned = planLink({
    ...making,
    rules: rulesOf(place.platform),
  });
  refuseFaults(planned);
  refuseStale(planned, promised);
  place.snapshot.know(
    String(planned.id),
    declaredLinkAs(planned, typeOf(parent)),
  );
  const { send, revision } = settleSecrets(
    promised,
    before?.secrets,
    planned.secrets,
  );
  const sent = send
    ? new Secret(
        jsonObject(normalizedOverrideSecrets(declared.secrets, typeOf(parent))),
      )
    : undefined;
  const secrets = { sent, revision, revisions: knownRevisions(planned, sent) };
  if (before !== undefined && !send && !planned.overridesChanged)
    return { observed: undefined, planned, secrets };
  const link = { ...allKnown(planned), overrideSecrets: sent };
  const known = linkKnownBefore(before, typeOf(parent));
  const stored =
    before === undefined
      ? await create(link, known, place)
      : await linksOf(place.platform).update(link, {
          signal: place.signal,
          concurrencyToken: before.concurrencyToken,
          secretFields: before.secrets.fields,
          known,
        });
  place.snapshot.links.replace(link, stored);
  const observed = place.snapshot.links.shown(stored);
  return { observed, planned, secrets };
}

/** Creates it once; what is there already is taken over or left alone, as `createOnce` says. */
async function create(
  link: Link,
  known: KnownAs,
  place: Place,
): Promise<ObservedLink> {
  const { platform, snapshot, signal } = place;
  const links = linksOf(platform);
  return createOnce(
    {
      id: formatLinkKey(link),
      kind: "link",
      create: () => links.create(link, { signal, known }),
      tryFind: () => links.tryFind(link, { signal }),
      differing: (stored) =>
        linkDifferences(link.overrides, snapshot.links.shown(stored)),
      matches: (stored) => linkIsAsDeclared(link, snapshot.links.shown(stored)),
      settle: ({ concurrencyToken }) =>
        links.update(link, { signal, concurrencyToken, known }),
    },
    place,
  );
}

/** Removes it, unless somebody else has changed it since. */
export async function removeLink(
  before: LinkBefore,
  place: Place,
): Promise<void> {
  const { platform, snapshot, signal } = place;
  const { id = "", platformId, concurrencyToken } = before;
  const key = needed(parseLinkKey(id));
  const remove = async () => {
    await linksOf(platform).delete(key, { signal, concurrencyToken });
    snapshot.links.replace(key, undefined);
  };
  await removeOnce({ kind: "link", id, platformId, remove }, place);
}

/** The plan has shown what the deployment will see: something else is not made. */
function refuseStale(planned: PlannedLink, promised: Promised): void {
  const { effective, parent, declared } = planned;
  if (
    promised.effective === undefined ||
    !isKnown(promised.effective) ||
    !isKnown(effective) ||
    sameSeen(typeOf(parent), promised.effective, effective)
  )
    return;
  throw new PatchbayError([parentChanged(String(declared.connection))]);
}

function allKnown({ id, overrides }: PlannedLink): Link {
  const link = toLink(id, overrides);
  if (link !== undefined) return link;
  throw new Error("a link is not wholly known when it must be");
}

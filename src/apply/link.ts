import { PatchbayError, Secret } from "../diagnostics";
import {
  formatLinkKey,
  isKnown,
  type Link,
  type ObservedLink,
  parseLinkKey,
  needed,
} from "../model";
import {
  jsonObject,
  type LinkBefore,
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
  const observed =
    before === undefined
      ? await create(link, place)
      : await linksOf(place.platform).update(link, {
          signal: place.signal,
          concurrencyToken: before.concurrencyToken,
        });
  place.snapshot.links.replace(link, observed);
  return { observed, planned, secrets };
}

/** Creates it once; adopts it where an earlier, interrupted run had created it just so. */
async function create(
  link: Link,
  { platform, signal }: Place,
): Promise<ObservedLink> {
  const links = linksOf(platform);
  const id = formatLinkKey(link);
  return createOnce({
    id,
    kind: "deployment link",
    create: () => links.create(link, { signal }),
    tryFind: () => links.tryFind(link, { signal }),
    matches: (observed) => linkIsAsDeclared(link, observed),
    settle: ({ concurrencyToken }) =>
      links.update(link, { signal, concurrencyToken }),
    importHint: `terraform import ADDRESS ${id}`,
  });
}

/** Removes it, unless somebody else has changed it since. */
export async function removeLink(
  before: LinkBefore,
  { platform, snapshot, signal }: Place,
): Promise<void> {
  const key = needed(parseLinkKey(before.id ?? ""));
  await linksOf(platform).delete(key, {
    signal,
    concurrencyToken: before.concurrencyToken,
  });
  snapshot.links.replace(key, undefined);
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

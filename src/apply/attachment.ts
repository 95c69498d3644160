import {
  formatAttachmentKey,
  type ObservedAttachment,
  parseAttachmentKey,
  needed,
} from "../model";
import {
  type AttachmentBefore,
  type DeclaredAttachment,
  planAttachment,
  rulesOf,
} from "../plan";
import { attachmentsOf } from "./parts";
import { refuseFaults } from "./refuse-faults";
import { createOnce } from "./safe-create";
import { removeOnce } from "./safe-remove";
import type { Place } from "./step";

/** Creates the attachment once; one that is there already is as good. */
export async function makeAttachment(
  declared: DeclaredAttachment,
  place: Place,
): Promise<ObservedAttachment> {
  const { platform, snapshot, signal } = place;
  const planned = planAttachment({
    declared,
    before: undefined,
    parent: { kind: "not_known" },
    rules: rulesOf(platform),
  });
  refuseFaults(planned);
  const attachments = attachmentsOf(platform);
  const key = needed(parseAttachmentKey(String(planned.id)));
  const observed = await createOnce<ObservedAttachment>(
    {
      id: formatAttachmentKey(key),
      kind: "attachment",
      create: () => attachments.create(key, { signal }),
      tryFind: () => attachments.tryFind(key, { signal }),
      // Its key is all that there is.
      differing: () => [],
    },
    place,
  );
  snapshot.attachments.replace(key, observed);
  return observed;
}

export async function removeAttachment(
  before: AttachmentBefore,
  place: Place,
): Promise<void> {
  const { platform, snapshot, signal } = place;
  const { id = "", platformId } = before;
  const key = needed(parseAttachmentKey(id));
  const remove = async () => {
    await attachmentsOf(platform).delete(key, { signal });
    snapshot.attachments.replace(key, undefined);
  };
  await removeOnce({ kind: "attachment", id, platformId, remove }, place);
}

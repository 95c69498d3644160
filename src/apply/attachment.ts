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
import type { Place } from "./step";

/** Creates the attachment once; one that is there already is as good. */
export async function makeAttachment(
  declared: DeclaredAttachment,
  { platform, snapshot, signal }: Place,
): Promise<ObservedAttachment> {
  const planned = planAttachment({
    declared,
    before: undefined,
    parent: { kind: "not_known" },
    rules: rulesOf(platform),
  });
  refuseFaults(planned);
  const attachments = attachmentsOf(platform);
  const key = needed(parseAttachmentKey(String(planned.id)));
  const observed = await createOnce({
    id: formatAttachmentKey(key),
    kind: "workspace attachment",
    create: () => attachments.create(key, { signal }),
    tryFind: () => attachments.tryFind(key, { signal }),
    matches: () => true,
  });
  snapshot.attachments.replace(key, observed);
  return observed;
}

export async function removeAttachment(
  before: AttachmentBefore,
  { platform, snapshot, signal }: Place,
): Promise<void> {
  const key = needed(parseAttachmentKey(before.id ?? ""));
  await attachmentsOf(platform).delete(key, { signal });
  snapshot.attachments.replace(key, undefined);
}

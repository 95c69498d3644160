import type { Creation } from "./creation";
import type { AttachmentKey } from "./key";

/** A connection made available in a workspace. All that there is to declare is its key. */
export type Attachment = AttachmentKey;

/** An attachment as the platform shows it now. */
export interface ObservedAttachment extends AttachmentKey, Creation {
  /** The platform's own id. */
  readonly platformId: string;
}

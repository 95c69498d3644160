import { connectionMatches, linkMatches } from "./matching";
import { createOnce } from "./safe-create";
import {
  type Attachment,
  type CallOptions,
  type Connection,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type Link,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedLink,
  type Platform,
} from "../model";
import { attachmentsOf, linksOf } from "./parts";

/** Creates the connection once; adopts it where an earlier, interrupted run had created it just so. */
export async function createConnection(
  platform: Platform,
  connection: Connection,
  options: CallOptions = {},
): Promise<ObservedConnection> {
  const id = formatConnectionKey(connection);
  return createOnce({
    id,
    kind: "connection",
    create: () => platform.connections.create(connection, options),
    tryFind: () => platform.connections.tryFind(connection, options),
    matches: (observed) => connectionMatches(connection, observed),
    settle: (observed) =>
      platform.connections.update(connection, connection, {
        ...options,
        platformId: observed.platformId,
        concurrencyToken: observed.concurrencyToken,
      }),
    importHint: `terraform import ADDRESS ${id}`,
  });
}

/** Creates the attachment once; one that is there already is as good. */
export async function createAttachment(
  platform: Platform,
  attachment: Attachment,
  options: CallOptions = {},
): Promise<ObservedAttachment> {
  const attachments = attachmentsOf(platform);
  return createOnce({
    id: formatAttachmentKey(attachment),
    kind: "workspace attachment",
    create: () => attachments.create(attachment, options),
    tryFind: () => attachments.tryFind(attachment, options),
    matches: () => true,
  });
}

/** Creates the link once; adopts it where an earlier, interrupted run had created it just so. */
export async function createLink(
  platform: Platform,
  link: Link,
  options: CallOptions = {},
): Promise<ObservedLink> {
  const links = linksOf(platform);
  const id = formatLinkKey(link);
  return createOnce({
    id,
    kind: "deployment link",
    create: () => links.create(link, options),
    tryFind: () => links.tryFind(link, options),
    matches: (observed) => linkMatches(link, observed),
    settle: (observed) =>
      links.update(link, {
        ...options,
        concurrencyToken: observed.concurrencyToken,
      }),
    importHint: `terraform import ADDRESS ${id}`,
  });
}

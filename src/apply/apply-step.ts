import type { ChangeOf, Step } from "../plan";
import type {
  CallOptions,
  ObservedAttachment,
  ObservedConnection,
  ObservedLink,
  Platform,
} from "../model";
import {
  parseAttachmentKey,
  parseConnectionKey,
  parseLinkKey,
  type Checked,
} from "../model";
import { PatchbayError } from "../diagnostics";
import { attachmentsOf, linksOf } from "./parts";
import { createAttachment, createConnection, createLink } from "./write";

/** What a step left behind: what is there now, or undefined once it is deleted. */
export type StepOutcome =
  ObservedConnection | ObservedAttachment | ObservedLink | undefined;

/**
 * Carries out one step of a plan through the port. Rejects with a
 * `PatchbayError`; steps that were carried out before stay as they are, and
 * planning again finds what is left to do.
 */
export async function applyStep(
  platform: Platform,
  step: Step,
  options: CallOptions = {},
): Promise<StepOutcome> {
  const { change } = step;
  switch (change.object) {
    case "connection":
      return applyConnection(platform, change, step.half, options);
    case "attachment":
      return applyAttachment(platform, change, step.half, options);
    case "link":
      return applyLink(platform, change, step.half, options);
  }
}

async function applyConnection(
  platform: Platform,
  change: ChangeOf<"connection">,
  half: Step["half"],
  options: CallOptions,
): Promise<ObservedConnection | undefined> {
  const key = keyOf(parseConnectionKey(change.id));
  if (half === "remove" || change.desired === undefined) {
    await platform.connections.delete(key, {
      ...options,
      concurrencyToken: change.concurrencyToken,
    });
    return undefined;
  }
  return change.action === "update"
    ? platform.connections.update(key, change.desired, {
        ...options,
        concurrencyToken: change.concurrencyToken,
      })
    : createConnection(platform, change.desired, options);
}

async function applyAttachment(
  platform: Platform,
  change: ChangeOf<"attachment">,
  half: Step["half"],
  options: CallOptions,
): Promise<ObservedAttachment | undefined> {
  if (half === "remove" || change.desired === undefined) {
    await attachmentsOf(platform).delete(
      keyOf(parseAttachmentKey(change.id)),
      options,
    );
    return undefined;
  }
  return createAttachment(platform, change.desired, options);
}

async function applyLink(
  platform: Platform,
  change: ChangeOf<"link">,
  half: Step["half"],
  options: CallOptions,
): Promise<ObservedLink | undefined> {
  const links = linksOf(platform);
  if (half === "remove" || change.desired === undefined) {
    await links.delete(keyOf(parseLinkKey(change.id)), {
      ...options,
      concurrencyToken: change.concurrencyToken,
    });
    return undefined;
  }
  return change.action === "update"
    ? links.update(change.desired, {
        ...options,
        concurrencyToken: change.concurrencyToken,
      })
    : createLink(platform, change.desired, options);
}

function keyOf<T>(parsed: Checked<T>): T {
  if (parsed.ok) return parsed.value;
  throw new PatchbayError(parsed.diagnostics);
}

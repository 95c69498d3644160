import { KNOWN_AFTER_APPLY } from "../model";
import type {
  PlannedConnection,
  PlannedLink,
  PlannedSecrets,
  SecretRevisions,
  SecretsBefore,
} from "../plan";
import type { Promised } from "./step";

/** Whether secrets are sent, now that everything is known: as promised, where the plan could promise. */
export function settleSecrets(
  { revision: promised }: Promised,
  before: SecretsBefore | undefined,
  { revision, send }: PlannedSecrets,
): { readonly send: boolean; readonly revision: number } {
  if (promised !== undefined)
    return { send: promised !== (before?.revision ?? 0), revision: promised };
  if (revision === KNOWN_AFTER_APPLY)
    throw new Error("secrets are not known when they must be");
  return { send: send === true, revision };
}

/** The revision of each secret, now that everything is known. */
export function knownRevisions(
  { before, secretRevisions }: PlannedConnection | PlannedLink,
  sent: object | undefined,
): SecretRevisions | undefined {
  return sent === undefined || secretRevisions === KNOWN_AFTER_APPLY
    ? before?.secrets.revisions
    : secretRevisions;
}

import { changedDestination, type DestinationOf } from "../catalog";
import { type Diagnostic, warningDiagnostic } from "../diagnostics";
import { KNOWN_AFTER_APPLY } from "../model";
import type { OrLater } from "./declared";
import type { Rules } from "./rules";
import {
  type PlannedSecrets,
  type SecretsFacts,
  undeclaredSecrets,
} from "./secrets";

/** Where secrets go: a change of it sends them along, in every door. */

/** The fields in which they go elsewhere; none where it is made, or nobody knows where they went. */
export function newDestination(
  before: Partial<DestinationOf> | undefined,
  after: {
    readonly type: OrLater<string> | undefined;
    readonly config: DestinationOf["config"];
  },
  rules: Pick<Rules, "setFields"> | undefined,
): OrLater<readonly string[]> {
  const { type, config = null } = before ?? {};
  if (type === undefined || config === null || after.type === undefined)
    return [];
  if (after.type === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  return changedDestination(
    { type, config },
    { type: after.type, config: after.config },
    { sets: rules?.setFields?.(after.type) },
  );
}

export function goesElsewhere(
  destination: OrLater<readonly string[]>,
): NonNullable<SecretsFacts["goesElsewhere"]> {
  return destination === KNOWN_AFTER_APPLY
    ? KNOWN_AFTER_APPLY
    : destination.length > 0;
}

export interface StoredSecrets {
  /** The object, for people: `The connection acme/warehouse`. */
  readonly what: string;
  readonly destination: OrLater<readonly string[]>;
  readonly facts: SecretsFacts;
  readonly secrets: PlannedSecrets;
  /** Where they would be given. */
  readonly argument: string;
}

/** Said where secrets are set that nobody has at hand, so that those that are stored go to the new destination. */
export function storedSecretsElsewhere(
  options: StoredSecrets,
): readonly Diagnostic[] {
  const { what, destination, facts, secrets, argument } = options;
  if (
    destination === KNOWN_AFTER_APPLY ||
    destination.length === 0 ||
    secrets.send !== false
  )
    return [];
  const names = undeclaredSecrets(facts);
  if (names === KNOWN_AFTER_APPLY || names.length === 0) return [];
  return [
    warningDiagnostic({
      code: "destination_changed",
      path: [argument],
      detail: `${what} goes to another place or another way (${destination.join(", ")}), and these stored secrets, which ${argument} does not give, go there as they are: ${names.join(", ")}. To say what goes there, give them in ${argument}.`,
    }),
  ];
}

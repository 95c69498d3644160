import { type Diagnostic, Secret } from "../../diagnostics";
import {
  isKnown,
  isObject,
  type JsonObject,
  objectOf,
  type Value,
} from "../../model";
import type { ProviderContext } from "../provider-context";
import { textOf, valueOf } from "../state/record";
import type { CtyRecord } from "../wire";
import { connectionOf } from "./connection/connection-arguments";
import { linkOf } from "./link/link-arguments";
import {
  connectionSecrets,
  declaredSecrets,
  overrideSecrets,
} from "./secret-arguments";

/** What the platform could not hold of a connection, told while planning; nothing as long as its fields are not all known. */
export function connectionFaults(
  planned: CtyRecord,
  options: {
    readonly config: CtyRecord;
    /** In the form that the type prescribes; null where none are declared. */
    readonly secrets: Value;
    /** Secrets that are not declared will not be there: the connection is new, or they are taken away. */
    readonly removesOthers: boolean;
  },
  context: ProviderContext,
): readonly Diagnostic[] {
  const { config, secrets, removesOthers } = options;
  const connections = context.platform?.connections;
  if (
    connections?.check === undefined ||
    !areTexts(planned, ["id", "owner", "name", "type"]) ||
    !isKnown(valueOf(planned, "config"))
  )
    return [];
  return atArgument(
    connections.check({
      ...connectionOf(planned, config, false),
      secrets: knownSecrets(
        removesOthers && secrets === null ? objectOf([]) : secrets,
      ),
    }),
    "secrets",
    declaredSecrets(config, connectionSecrets).argument,
  );
}

/** The same of a link's overrides. */
export function linkFaults(
  planned: CtyRecord,
  options: {
    readonly config: CtyRecord;
    readonly overrideSecrets: Value;
    readonly parent: { readonly type: string; readonly config: Value };
  },
  context: ProviderContext,
): readonly Diagnostic[] {
  const { config, parent } = options;
  const links = context.platform?.links;
  if (
    links?.check === undefined ||
    parent.type === "" ||
    !areTexts(planned, ["id"]) ||
    !isKnown(valueOf(planned, "overrides")) ||
    !isObject(parent.config) ||
    !isKnown(parent.config)
  )
    return [];
  return atArgument(
    links.check(
      {
        ...linkOf({ planned, config, type: parent.type, sendSecrets: false }),
        overrideSecrets: knownSecrets(options.overrideSecrets),
      },
      { type: parent.type, config: parent.config as JsonObject },
    ),
    "override_secrets",
    declaredSecrets(config, overrideSecrets).argument,
  );
}

function knownSecrets(value: Value): Secret<JsonObject> | undefined {
  return isObject(value) && isKnown(value)
    ? new Secret(value as JsonObject)
    : undefined;
}

function areTexts(record: CtyRecord, names: readonly string[]): boolean {
  return names.every((name) => typeof textOf(record, name) === "string");
}

/** Secrets have two arguments; the fault is shown at the one that is used. */
function atArgument(
  faults: readonly Diagnostic[],
  name: string,
  argument: string,
): readonly Diagnostic[] {
  return faults.map((fault) =>
    fault.path[0] === name
      ? { ...fault, path: [argument, ...fault.path.slice(1)] }
      : fault,
  );
}

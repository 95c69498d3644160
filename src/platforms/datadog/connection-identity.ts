import { PatchbayError } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  type KeyedCallOptions,
  type Owner,
} from "../../model";
import { isUuid } from "./uuid";

/** Datadog's names are not unique, so a name finds nothing. */
export function platformIdOf(
  key: ConnectionKey,
  { platformId }: KeyedCallOptions,
): string {
  if (platformId !== undefined) return checkedId(platformId);
  throw new PatchbayError({
    code: "unsupported",
    path: ["id"],
    detail: `Datadog cannot be asked for ${formatConnectionKey(key)}: names are not unique there, and only a UUID finds a connection. Import it by its UUID, which the address of its page in Datadog ends with:\n\n  terraform import ADDRESS UUID`,
  });
}

export function checkedId(platformId: string): string {
  if (isUuid(platformId)) return platformId;
  throw new PatchbayError({
    code: "invalid_id",
    path: ["id"],
    detail: `${JSON.stringify(platformId)} is not the UUID of a connection. On Datadog a connection is imported by its UUID, which the address of its page there ends with, for example "1d8a3b5c-0000-4000-8000-000000000001".`,
  });
}

export function ownerOf(organization: string | undefined): Owner {
  if (organization !== undefined)
    return { kind: "organization", name: organization };
  throw new PatchbayError({
    code: "missing_argument",
    path: ["organization"],
    detail:
      'Datadog does not say whose a connection is. Set the provider\'s "organization" argument, under which it is kept here:\n\n  organization = "acme"',
  });
}

export function notFound(key: ConnectionKey, id: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)} (${id}) in Datadog any more; nothing was changed. Plan again; the next plan creates it.`,
  });
}

export function otherType(connection: Connection, type: string): PatchbayError {
  return new PatchbayError({
    code: "unsupported",
    path: ["type"],
    detail: `In Datadog, ${formatConnectionKey(connection)} is of type ${JSON.stringify(type)} now, and Datadog does not say whether a connection's type can be changed. Replace the connection.`,
  });
}

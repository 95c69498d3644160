import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { ApiError } from "../../http";
import type { Connection, JsonObject } from "../../model";
import { bindingsOfAccess } from "./access";
import type { Binding, ShownConnection } from "./answers";
import type { DatadogClient } from "./client";
import { restrict } from "./restrict-connection";

/** A create whose answer was lost cannot be looked up: the user has to. */
export async function createOnce(
  client: DatadogClient,
  connection: Connection,
  call: {
    readonly attributes: JsonObject;
    readonly options: Parameters<DatadogClient["create"]>[1];
  },
): Promise<ShownConnection> {
  try {
    return await client.create(call.attributes, call.options);
  } catch (error) {
    if (!(error instanceof PatchbayError) || !error.has("outcome_unknown"))
      throw error;
    throw new PatchbayError({
      code: "outcome_unknown",
      detail: `It is not known whether Datadog has created the connection ${JSON.stringify(connection.name)}: ${happeningOf(error)}.

Datadog cannot be asked for a connection by its name. Look in Datadog under Actions > Connections whether there is a new one called ${JSON.stringify(connection.name)}. If there is, import it by its UUID, which its page's address ends with, before the next apply (or delete it there):

  terraform import ADDRESS UUID

If there is none, apply again. An apply without looking may make a second one of the same name.`,
    });
  }
}

/** What came of a call, without the advice for platforms that can be asked. */
function happeningOf(error: PatchbayError): string {
  if (!(error instanceof ApiError))
    return "its answer is not what was agreed on";
  const { host, status, requestId } = error;
  const id = requestId === undefined ? "" : `, request id ${requestId}`;
  return status === undefined
    ? `no complete answer came from ${host}`
    : `the answer of ${host} was ${status}${id}`;
}

/** Restricts what was just made; where that fails, it is taken back, so that nothing is left that no state knows. */
export async function restrictNew(
  client: DatadogClient,
  { access, name }: Connection,
  { id }: ShownConnection,
): Promise<readonly Binding[]> {
  if (access === undefined || bindingsOfAccess(access).length === 0) return [];
  try {
    return await restrict(client, id, access, {});
  } catch (error) {
    try {
      await client.delete(id, {});
    } catch (failure) {
      throw new PatchbayError([
        ...diagnosticsIn(error),
        ...diagnosticsIn(failure),
        errorDiagnostic({
          code: "outcome_unknown",
          detail: `The connection ${JSON.stringify(name)} was made, its access could not be restricted, and it could not be deleted again. Import it by its UUID, or delete it in Datadog:\n\n  terraform import ADDRESS ${id}`,
        }),
      ]);
    }
    // Whether the policy came about no longer matters.
    if (error instanceof PatchbayError && error.has("outcome_unknown")) {
      throw new PatchbayError({
        code: "platform_failure",
        detail: `The access of the new connection ${JSON.stringify(name)} could not be restricted (${happeningOf(error)}), so it was deleted again and nothing is left of it. Apply again.`,
      });
    }
    throw error;
  }
}

function diagnosticsIn(error: unknown): readonly Diagnostic[] {
  if (error instanceof PatchbayError) return error.diagnostics;
  throw error;
}

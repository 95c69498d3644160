import type { ObjectKind } from "../../plan";
import type { ProviderContext } from "../provider-context";
import { decodePrivateState, encodePrivateState } from "../state/private-state";
import type {
  CtyRecord,
  ReadResourceRequest,
  ReadResourceResponse,
} from "../wire";
import { deferral } from "./deferral";
import { diagnosed } from "./diagnosed";
import { decodeState, encodeRecord, resourceOf } from "./schema-of";

/** A failure keeps what is stored: only a platform that says so makes an object gone. */
export async function readResource(
  request: ReadResourceRequest,
  context: ProviderContext,
): Promise<ReadResourceResponse> {
  const unchanged = {
    newState: request.currentState,
    private: request.private,
  };
  try {
    const { schema, read, kind } = resourceOf(request.typeName);
    const state = decodeState(schema, request.currentState);
    noteRead(state, context);
    if (state === null) return unchanged;
    if (context.configuration.kind === "undecided")
      return {
        ...unchanged,
        newState: encodeRecord(schema, state),
        ...deferral(request, context),
      };
    context.requireNotMissing();
    const answer = await read(
      { state, remembered: decodePrivateState(request.private) },
      context,
    );
    // After an import by the platform's own id, only the answer has the natural key.
    noteRead(answer.state, context);
    noteInState(kind, answer.state, context);
    return {
      newState: encodeRecord(schema, answer.state),
      private: encodePrivateState(answer.remembered),
    };
  } catch (thrown) {
    return { ...unchanged, diagnostics: diagnosed(thrown, context) };
  }
}

/** What an interrupted run has made and noted down is settled. */
function noteInState(
  kind: ObjectKind,
  state: CtyRecord | null,
  context: ProviderContext,
): void {
  const id = state?.["id"];
  if (typeof id === "string") context.noteInState(kind, id);
}

function noteRead(state: CtyRecord | null, context: ProviderContext): void {
  const id = state?.["id"];
  if (typeof id === "string") context.noteRead(id);
}

import {
  type CallOptions,
  type Connection,
  type VerificationOutcome,
  type VerificationPort,
} from "../../model";
import { vendorWords, WORDS_WITHHELD } from "../kit";
import { requireHeld } from "./check-connection";
import type { PipesCalls } from "./client";
import { connectionPlace, tryFindRecord } from "./find-connection";
import { below, type Places } from "./places";
import { configOf, toPipes } from "./types";

/** In the test's address, in place of the name of a connection that does not exist yet. */
const NOT_YET = "_";

const success =
  /^(ok|success|succeeded|successful|passed|connected|valid|healthy|completed|ready)$/i;

/** Pipes' own test of settings, which stores nothing. */
export class PipesVerification implements VerificationPort {
  readonly #context: { readonly calls: PipesCalls; readonly places: Places };

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
  }) {
    this.#context = context;
  }

  async verify(
    connection: Connection,
    { signal }: CallOptions = {},
  ): Promise<VerificationOutcome> {
    const { calls, places } = this.#context;
    requireHeld(connection, places);
    const settings = toPipes(connection);
    const { plugin, secrets } = settings;
    const there = await tryFindRecord(this.#context, connection, { signal });
    const { owner, name } = connection;
    const place = connectionPlace(places, {
      owner,
      name: there === undefined ? NOT_YET : name,
    });
    const { status, reason } = await calls.write(
      "POST",
      {
        ...below(place, "/test"),
        body: { plugin, config: configOf(settings) },
        readOnly: true,
        secrets,
        signal,
      },
      (answer) => ({
        status: answer.optionalText("status"),
        reason: answer.optionalText("reason"),
      }),
    );
    const words = reason ?? status;
    return {
      ok: isSuccess(status, reason),
      ...(words !== undefined && {
        message:
          vendorWords(words, [secrets, ...calls.secrets]) ??
          `${WORDS_WITHHELD}.`,
      }),
    };
  }
}

/** Pipes does not document its words, so a word that is not known counts as a failure. */
function isSuccess(
  status: string | undefined,
  reason: string | undefined,
): boolean {
  return status === undefined ? reason === undefined : success.test(status);
}

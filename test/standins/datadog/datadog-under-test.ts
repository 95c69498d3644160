import { PatchbayError, Secret } from "../../../src/diagnostics";
import type { Connection, JsonObject, Platform } from "../../../src/model";
import { loadContract } from "../kit";
import {
  datadogContractExceptions,
  type DatadogStandin,
  type DatadogStandinOptions,
  startDatadogStandin,
} from "./datadog-standin";
import type { Fields } from "./datadog-store";
import { openAt, type OpenAtOptions } from "./open-adapter";

/** Datadog's document; undefined where it is not on this machine. */
export const datadogContract = loadContract("datadog-connections.yaml", {
  exceptions: datadogContractExceptions,
});

export const owner = { kind: "organization", name: "acme" } as const;
export const key = { owner, name: "warehouse" };

/** The adapter on a stand-in of its own, whose exchanges are checked. */
export class DatadogUnderTest {
  readonly standin: DatadogStandin;
  readonly platform: Platform;
  /** How long the adapter would have waited between attempts, in milliseconds. */
  readonly waits: number[] = [];

  private constructor(standin: DatadogStandin) {
    this.standin = standin;
    this.platform = this.connect();
  }

  static async start(
    options: DatadogStandinOptions = {},
  ): Promise<DatadogUnderTest> {
    const contract = datadogContract;
    return new DatadogUnderTest(
      await startDatadogStandin({ contract, ...options }),
    );
  }

  /** The adapter, with other credentials where some are given. */
  connect(
    headers?: OpenAtOptions["headers"],
    options: OpenAtOptions = {},
  ): Platform {
    const waited = (milliseconds: number) => this.waits.push(milliseconds);
    return openAt(this.standin, { headers, waited, ...options });
  }

  /** What is stored of a connection's credentials, secrets included. */
  credentialsOf(id: string): Fields {
    const found = this.standin.stored().find((one) => one.id === id);
    return found!.integration["credentials"] as Fields;
  }

  close(): Promise<void> {
    return this.standin.close();
  }
}

/** The connection `warehouse`, as declared. */
export function declared(
  type: string,
  config: JsonObject,
  secrets?: JsonObject,
  changes: Partial<Connection> = {},
): Connection {
  const secret = secrets && new Secret(secrets);
  return { ...key, type, config, secrets: secret, ...changes };
}

/** What a call was refused with. Secrets of these tests hold "geheim". */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<PatchbayError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof PatchbayError))
    throw new Error(`it was not refused: ${String(thrown)}`);
  if (JSON.stringify(thrown.diagnostics).includes("geheim"))
    throw new Error("a message holds a secret");
  return thrown;
}

/** Codes and paths. */
export function told({
  diagnostics,
}: PatchbayError): readonly (readonly string[])[] {
  return diagnostics.map(({ code, path }) => [code, path.join(".")]);
}

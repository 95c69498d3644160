import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { errorCodeOf } from "./error-code";
import { HubService } from "./hub-service";
import { checkHubKey } from "./sealing/key-check";
import { loadHubKey } from "./sealing/hub-key";
import { sealerOf } from "./sealing/sealer";
import type { HubContext } from "./service/context";
import { storeFailure } from "./store/store-failures";

export interface OpenEmbeddedHubOptions {
  /** The hub's directory. @default .patchbay */
  readonly path?: string | undefined;
  /** A relative path starts here. */
  readonly workingDirectory: string;
  /** May hold the hub's key: PATCHBAY_HUB_KEY, 32 bytes in base64 or hexadecimal. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** SQLite's `.node` file. @default that of the installed package */
  readonly nativeBinding?: string | undefined;
  /** How long to wait for other processes. @default 30,000 */
  readonly busyTimeoutMs?: number | undefined;
  /** Milliseconds since 1970. @default the system's clock */
  readonly clock?: (() => number) | undefined;
  /** Unguessable text, new on every call. @default random */
  readonly ids?: (() => string) | undefined;
}

export interface EmbeddedHub {
  readonly api: HubService;
  /** Absolute. */
  readonly directory: string;
  close(): Promise<void>;
}

export const DEFAULT_HUB_PATH = ".patchbay";
const BUSY_TIMEOUT_MS = 30_000;

/**
 * Opens the hub in a directory, in this process; made on first use. Several
 * processes may do so at once. Rejects with one of the `hub_…` codes; then the
 * hub's files are as they were.
 */
export async function openEmbeddedHub(
  options: OpenEmbeddedHubOptions,
): Promise<EmbeddedHub> {
  const { directory, path: databaseFile } = databaseFileOf(options);
  const key = await onFiles(databaseFile, async () => {
    await prepareDirectory(directory, databaseFile);
    const keyFile = path.join(directory, "hub.key");
    return loadHubKey({
      keyFile,
      databaseFile,
      environment: options.environment,
    });
  });
  const sealer = sealerOf(key);
  const store = await openStore(databaseFile, options);
  try {
    await checkHubKey(store, sealer, databaseFile);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  return hubOver({ store, sealer }, options);
}

/** A new, empty hub without files, as if it were in that directory; it is gone with the process. */
export async function openHubInMemory(
  options: OpenEmbeddedHubOptions,
  key: Buffer,
): Promise<EmbeddedHub> {
  const store = await openStore(":memory:", options);
  return hubOver({ store, sealer: sealerOf(key) }, options);
}

/** Where the hub's database is, or will be; absolute. */
export function databaseFileOf({
  workingDirectory,
  path: given = DEFAULT_HUB_PATH,
}: Pick<OpenEmbeddedHubOptions, "workingDirectory" | "path">): {
  readonly directory: string;
  readonly path: string;
} {
  const directory = path.resolve(workingDirectory, given);
  return { directory, path: path.join(directory, "hub.db") };
}

function hubOver(
  opened: Pick<HubContext, "store" | "sealer">,
  options: OpenEmbeddedHubOptions,
): EmbeddedHub {
  const { clock = Date.now, ids = randomId } = options;
  return {
    api: new HubService({ ...opened, clock, ids }),
    directory: databaseFileOf(options).directory,
    close: () => opened.store.close(),
  };
}

async function openStore(
  file: string,
  { nativeBinding, busyTimeoutMs = BUSY_TIMEOUT_MS }: OpenEmbeddedHubOptions,
): Promise<HubContext["store"]> {
  // Not an import above: SQLite and its query builder are loaded only when a hub is opened.
  const { openSqliteStore } =
    require("./store/sqlite-store") as typeof import("./store/sqlite-store");
  return openSqliteStore({ path: file, nativeBinding, busyTimeoutMs });
}

/** The directory, private to this user and never committed. */
async function prepareDirectory(
  directory: string,
  databaseFile: string,
): Promise<void> {
  await makeDirectory(directory);
  await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  await access(databaseFile, constants.R_OK | constants.W_OK).catch(
    ignoring("ENOENT"),
  );
  await writeFile(path.join(directory, ".gitignore"), "*\n", {
    flag: "wx",
  }).catch(ignoring("EEXIST"));
}

/** One level after the other: Node's own recursive mkdir never returns below /proc. */
async function makeDirectory(directory: string): Promise<void> {
  const parent = path.dirname(directory);
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (thrown) {
    const code = errorCodeOf(thrown);
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || parent === directory) throw thrown;
    // A parent that exists and still refuses (as /proc does) is the answer.
    if (await exists(parent)) throw thrown;
    await makeDirectory(parent);
    await makeDirectory(directory);
  }
}

async function exists(directory: string): Promise<boolean> {
  return access(directory).then(
    () => true,
    () => false,
  );
}

function ignoring(code: string) {
  return (thrown: unknown) => {
    if (errorCodeOf(thrown) !== code) throw thrown;
  };
}

async function onFiles<T>(
  databaseFile: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storeFailure(thrown, databaseFile) ?? thrown;
  }
}

function randomId(): string {
  return randomBytes(12).toString("hex");
}

import { type Diagnostic, PatchbayError, Secret } from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  formatConnectionKey,
  type ObservedConnection,
  type Owner,
  type WriteOptions,
  needed,
} from "../../model";
import { refuse } from "../kit";
import { alterationOf } from "./alteration";
import { lostSecrets, notFound, refused } from "./connection-failures";
import { readDeclaration } from "./declaration";
import type { Options } from "./options/option";
import { type StoredConnection, withComment } from "./rules";
import { parseShown, type ShownConnection } from "./sql/shown-connection";
import {
  alterStatement,
  createStatement,
  dropStatement,
  namesStatement,
  showStatement,
} from "./sql/statement";
import type { StatementClient } from "./client";
import { fromOptions, type Translated } from "./types";
import { StatementRefused } from "./errors";

/** Connections through statements. `ownerFaults` tells why this organization's token cannot speak for an owner. */
export function upsolverConnections(
  client: StatementClient,
  ownerFaults: (owner: Owner) => readonly Diagnostic[],
): ConnectionPort {
  const connections = new Connections(client);
  const checkOwner = (owner: Owner) => {
    refuse(ownerFaults(owner));
  };
  const check = (connection: Connection) => {
    const declaration = readDeclaration(connection);
    return [
      ...ownerFaults(connection.owner),
      ...(declaration.ok ? [] : declaration.diagnostics),
    ];
  };
  return {
    check,
    list: async (owner, options = {}) => {
      checkOwner(owner);
      return connections.list(owner, options);
    },
    tryFind: async (key, options = {}) => {
      checkOwner(key.owner);
      return connections.tryFind(key, options);
    },
    create: async (connection, options = {}) => {
      // Of a connection that is not there yet, no secret is.
      const secrets = connection.secrets ?? new Secret({});
      const whole = { ...connection, secrets };
      refuse(check(whole));
      return connections.create(whole, options);
    },
    update: async (key, connection, options = {}) => {
      refuse(check(connection));
      checkOwner(key.owner);
      return connections.update(key, connection, options);
    },
    delete: async (key, options = {}) => {
      checkOwner(key.owner);
      return connections.delete(key, options);
    },
  };
}

class Connections {
  readonly #client: StatementClient;

  constructor(client: StatementClient) {
    this.#client = client;
  }

  async list(
    owner: Owner,
    options: CallOptions,
  ): Promise<readonly ObservedConnection[]> {
    const names = await this.#client.column(namesStatement(), "name", options);
    const found = await Promise.all(
      [...new Set(names)].map((name) => this.tryFind({ owner, name }, options)),
    );
    // One that was dropped in between is not there any more.
    return found.filter((connection) => connection !== undefined);
  }

  async tryFind(
    key: ConnectionKey,
    options: CallOptions,
  ): Promise<ObservedConnection | undefined> {
    const shown = await this.#tryShow(key, options);
    return shown && observedOf(key, shown.keyword, shown.options);
  }

  async create(
    connection: Connection,
    options: CallOptions,
  ): Promise<ObservedConnection> {
    const desired = needed(readDeclaration(connection));
    const { keyword } = desired;
    const { name, description } = connection;
    const all =
      description === undefined || description === ""
        ? desired.options
        : withComment(desired.options, description);
    const sql = createStatement({ keyword, name }, all);
    try {
      await this.#client.execute(sql, {
        repeatable: false,
        signal: options.signal,
      });
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      if (await this.#isThere(name, options).catch(() => false)) {
        throw new PatchbayError({
          code: "already_exists",
          detail: `A connection ${formatConnectionKey(connection)} exists already. Nothing was changed.`,
        });
      }
      throw refused("create", connection, error);
    }
    return observedOf(connection, keyword, all);
  }

  async update(
    key: ConnectionKey,
    connection: Connection,
    options: WriteOptions,
  ): Promise<ObservedConnection> {
    if (key.name !== connection.name) {
      throw new PatchbayError({
        code: "unsupported",
        path: ["name"],
        detail: "Upsolver cannot rename a connection. Replace it.",
      });
    }
    const { secrets, description, name } = connection;
    const translated = needed(readDeclaration(connection));
    const { keyword } = translated;
    const desired: Translated = {
      ...translated,
      options: withComment(translated.options, description ?? ""),
    };
    refuse(
      lostSecrets(translated, connection, {
        type: options.known?.type,
        secretFields: options.secretFields ?? [],
      }),
    );
    const shown = await this.#tryShow(key, options);
    if (shown === undefined) throw notFound(key);
    if (shown.keyword !== keyword) {
      throw new PatchbayError({
        code: "unsupported",
        path: ["type"],
        detail: `The connection ${formatConnectionKey(key)} is of Upsolver's type ${shown.keyword}, and a connection keeps its type. Replace it to make it one of type ${keyword}.`,
      });
    }
    const changes = needed(
      alterationOf({
        shown: shown.options,
        declared: desired,
        withSecrets: secrets !== undefined,
      }),
    );
    if (Object.keys(changes).length > 0)
      await this.#alter(
        connection,
        alterStatement({ keyword, name }, changes),
        options,
      );
    return observedOf(key, keyword, desired.options);
  }

  /** Gone already counts as done. */
  async delete(key: ConnectionKey, { signal }: CallOptions): Promise<void> {
    try {
      await this.#client.execute(dropStatement(key.name), {
        repeatable: true,
        signal,
      });
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      const usages = error.usages();
      if (usages === undefined) throw refused("drop", key, error);
      throw new PatchbayError({
        code: "in_use",
        detail: `The connection ${formatConnectionKey(key)} is used by: ${usages}. Remove these tables and jobs first; it was not deleted.`,
      });
    }
  }

  async #alter(
    connection: Connection,
    sql: string,
    options: CallOptions,
  ): Promise<void> {
    try {
      await this.#client.execute(sql, {
        repeatable: true,
        signal: options.signal,
      });
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      if (!(await this.#isThere(connection.name, options).catch(() => true)))
        throw notFound(connection);
      throw refused("alter", connection, error);
    }
  }

  /**
   * What Upsolver tells of a connection. A refusal alone does not say that it is
   * not there: only the system table without its name does.
   */
  async #tryShow(
    key: ConnectionKey,
    options: CallOptions,
  ): Promise<ShownConnection | undefined> {
    const { name } = key;
    let sql: string;
    try {
      sql = await this.#client.scalar(showStatement(name), options);
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      if (!(await this.#isThere(name, options))) return undefined;
      throw new PatchbayError({
        code: "platform_failure",
        detail: `Upsolver lists the connection ${formatConnectionKey(key)} but refuses SHOW CREATE CONNECTION for it, so it cannot be read. ${error.wordsFor(undefined)}. Nothing was changed.`,
      });
    }
    const shown = parseShown(sql);
    if (shown !== undefined) return shown;
    throw new PatchbayError({
      code: "invalid_answer",
      detail: `What Upsolver answers to SHOW CREATE CONNECTION for ${formatConnectionKey(key)} is not a statement that creates a connection, so it cannot be read. Nothing was changed.`,
    });
  }

  async #isThere(name: string, options: CallOptions): Promise<boolean> {
    const names = await this.#client.column(
      namesStatement(name),
      "name",
      options,
    );
    return names.includes(name);
  }
}

function observedOf(
  { owner, name }: ConnectionKey,
  keyword: string,
  options: Options,
): ObservedConnection {
  const comment = options["COMMENT"];
  const stored: StoredConnection = { keyword, options };
  return {
    owner,
    name,
    // The name is all that makes a connection the same one there.
    platformId: name,
    ...fromOptions(keyword, options),
    description:
      typeof comment === "string" && comment !== "" ? comment : undefined,
    autoLink: false,
    autoLinkExcept: [],
    status: "unknown",
    stored: new Secret<unknown>(stored),
  };
}

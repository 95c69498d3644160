import type { JsonObject } from "../model";
import type { ConnectionTypeSchema } from "./field-schema";

/** What is connected: the fields that such a connection has, and how it is shown in one line. */
export interface ConnectionType {
  /** As written in a declaration, and the name of the type's folder: `postgresql`. */
  readonly name: string;
  /** For people: `PostgreSQL`. */
  readonly title: string;
  /** One sentence for the docs. */
  readonly description: string;
  /** One object over config and secrets; secret fields are marked `writeOnly`. */
  readonly schema: ConnectionTypeSchema;
  /** The plain fields that the connection string is made from. It is given no others. */
  readonly connectionStringFields: readonly string[];
  /**
   * The plain fields that decide where secrets go and who can read them on the
   * way: hosts, ports, accounts, URLs, switches and authorities of TLS. Fields
   * whose members have any names count everywhere and are not named here.
   */
  readonly destinationFields: readonly string[];
  /**
   * What is connected, in one line: `postgresql://loader@db.example.com:5432/app`.
   * Never holds a secret. Undefined where the fields do not suffice. The config
   * is in the form that the schema prescribes, but not necessarily valid.
   */
  connectionString(config: JsonObject): string | undefined;
}

import type { Table } from "./select";

/** What there is besides connections, as far as clients list it. Nothing runs here: a test says what there is. */
export interface StoredRelation {
  readonly kind: "table" | "job" | "view";
  /** A job is in no schema. */
  readonly catalog?: string;
  readonly schema?: string;
  readonly name: string;
  readonly createdBy?: string;
  readonly comment?: string;
  /** Of a table: what is in it, by name. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** The tables that say what there is: the columns are those that the vendor's clients name, as no page lists them. */
export function informationSchema(
  connections: readonly string[],
  relations: readonly StoredRelation[],
): Readonly<Record<string, Table>> {
  const of = (kind: StoredRelation["kind"]) =>
    relations.filter((relation) => relation.kind === kind);
  return {
    connections: {
      columns: ["name"],
      rows: connections.map((name) => ({ name })),
    },
    jobs: {
      columns: ["name"],
      rows: of("job").map(({ name }) => ({ name })),
    },
    tables: {
      columns: ["catalog", "schema", "name", "created_by", "comment"],
      rows: of("table").map(({ createdBy, ...table }) => ({
        catalog: table.catalog,
        schema: table.schema,
        name: table.name,
        created_by: createdBy,
        comment: table.comment,
      })),
    },
    views: {
      columns: ["schema", "name"],
      rows: of("view").map(({ schema, name }) => ({ schema, name })),
    },
    columns: {
      columns: ["catalog", "schema", "table", "name", "data_type"],
      rows: of("table").flatMap(({ catalog, schema, name, columns = {} }) =>
        Object.entries(columns).map(([column, type]) => ({
          catalog,
          schema,
          table: name,
          name: column,
          data_type: type,
        })),
      ),
    },
  };
}

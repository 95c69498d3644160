import { informationSchema, type StoredRelation } from "./information-schema";
import { type Grid, runSelect, type Select } from "./select";
import { Refusal } from "./statement-lexer";
import type { Literal, Statement } from "./statement-reader";

/** A connection as Upsolver keeps it, secrets included. */
export interface StoredConnection {
  readonly type: string;
  readonly name: string;
  readonly options: Readonly<Record<string, Literal>>;
  /** Tables and jobs that use it. */
  readonly usages: readonly string[];
}

/** What a statement comes to. */
export type Outcome =
  | { readonly kind: "message"; readonly message: string }
  | { readonly kind: "scalar"; readonly value: string }
  | { readonly kind: "grid"; readonly grid: Grid };

/** How secrets look in what SHOW CREATE CONNECTION answers: nobody outside knows, so all are tried. */
export type SecretDisplay = "masked" | "omitted" | "clear";

const aws =
  "AWS_ROLE EXTERNAL_ID AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY".split(" ");
const login = "CONNECTION_STRING USER_NAME PASSWORD".split(" ");
const limited = [...login, "MAX_CONCURRENT_CONNECTIONS"];
const filters = (name: string) => [
  `${name}_DISPLAY_FILTER`,
  `${name}_DISPLAY_FILTERS`,
];

interface TypeFacts {
  readonly known: readonly string[];
  readonly required: readonly string[];
  readonly fixed: readonly string[];
}

const types: Readonly<Record<string, TypeFacts>> = {
  S3: {
    known: [
      ...aws,
      ...filters("PATH"),
      "READ_ONLY",
      "ENCRYPTION_KMS_KEY",
      "ENCRYPTION_CUSTOMER_MANAGED_KEY",
    ],
    required: [],
    fixed: [],
  },
  KINESIS: {
    known: [...aws, "REGION", "READ_ONLY", "MAX_WRITERS", ...filters("STREAM")],
    required: ["REGION"],
    fixed: ["REGION", "READ_ONLY"],
  },
  KAFKA: {
    known: [
      "HOST",
      "HOSTS",
      "CONSUMER_PROPERTIES",
      "VERSION",
      "REQUIRE_STATIC_IP",
      "SSL",
      ...filters("TOPIC"),
    ],
    required: ["HOST|HOSTS"],
    fixed: ["HOST", "HOSTS", "VERSION"],
  },
  GLUE_CATALOG: {
    known: [
      ...aws,
      "DEFAULT_STORAGE_CONNECTION",
      "DEFAULT_STORAGE_LOCATION",
      "REGION",
      ...filters("DATABASE"),
    ],
    required: ["DEFAULT_STORAGE_CONNECTION", "DEFAULT_STORAGE_LOCATION"],
    fixed: ["DEFAULT_STORAGE_CONNECTION", "DEFAULT_STORAGE_LOCATION", "REGION"],
  },
  SNOWFLAKE: {
    known: [...limited, "PRIVATE_KEY_FILE", "PRIVATE_KEY_FILE_PWD"],
    required: ["CONNECTION_STRING", "USER_NAME", "PASSWORD|PRIVATE_KEY_FILE"],
    fixed: [],
  },
  REDSHIFT: { known: limited, required: login, fixed: [] },
  POSTGRES: { known: limited, required: login, fixed: [] },
  MYSQL: { known: limited, required: login, fixed: [] },
  MSSQL: { known: limited, required: login, fixed: [] },
  ELASTICSEARCH: { known: limited, required: login, fixed: [] },
  MONGODB: { known: [...login, "TIMEOUT"], required: login, fixed: [] },
};

/** Halves that are only changed together. */
const pairs: readonly (readonly [string, string, string])[] = [
  ["S3", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
  ["SNOWFLAKE", "PASSWORD", "USER_NAME"],
];

const secretOptions = [
  "AWS_SECRET_ACCESS_KEY",
  "ENCRYPTION_CUSTOMER_MANAGED_KEY",
  "PASSWORD",
  "PRIVATE_KEY_FILE_PWD",
];

/** Everything there is, and what statements do with it. */
export class UpsolverStore {
  connections: Record<string, StoredConnection> = Object.create(null) as Record<
    string,
    StoredConnection
  >;
  /** Tables, jobs and views, which only clients other than ours ask for. */
  relations: StoredRelation[] = [];
  secretDisplay: SecretDisplay = "masked";

  /** Throws a `Refusal` where nothing comes of it. */
  execute(statement: Statement): Outcome {
    switch (statement.kind) {
      case "create":
        return this.#create(statement);
      case "alter":
        return this.#alter(statement);
      case "drop":
        return this.#drop(statement);
      case "drop view":
        return this.#dropView(statement);
      case "show":
        return { kind: "scalar", value: this.#showCreate(statement) };
      case "select":
        return { kind: "grid", grid: this.#select(statement.select) };
    }
  }

  #create({
    type,
    name,
    options,
  }: Extract<Statement, { kind: "create" | "alter" }>): Outcome {
    if (name in this.connections)
      throw new Refusal(`Connection ${name} already exists`);
    const facts = factsOf(type);
    for (const option of options.keys()) {
      if (option !== "COMMENT" && !facts.known.includes(option))
        throw new Refusal(`Unknown option ${option}`);
    }
    for (const choice of facts.required) {
      if (!choice.split("|").some((option) => options.has(option)))
        throw new Refusal(`Missing option ${choice}`);
    }
    this.connections[name] = {
      type,
      name,
      options: Object.fromEntries(options),
      usages: [],
    };
    return { kind: "message", message: "Connection created successfully" };
  }

  #alter({
    type,
    name,
    options,
  }: Extract<Statement, { kind: "create" | "alter" }>): Outcome {
    const stored = this.#find(name);
    if (stored.type !== type)
      throw new Refusal(`Connection ${name} is not of type ${type}`);
    if (options.size === 0) throw new Refusal("Syntax error: nothing to set");
    const facts = factsOf(type);
    for (const option of options.keys()) {
      if (option !== "COMMENT" && !facts.known.includes(option))
        throw new Refusal(`Unknown option ${option}`);
      if (facts.fixed.includes(option))
        throw new Refusal(`Option ${option} cannot be altered`);
    }
    for (const [of, half, other] of pairs) {
      if (
        of === type &&
        options.has(half) !== options.has(other) &&
        !("PRIVATE_KEY_FILE" in stored.options)
      )
        throw new Refusal(`${half} and ${other} must be altered together`);
    }
    this.connections[name] = {
      ...stored,
      options: { ...stored.options, ...Object.fromEntries(options) },
    };
    return { kind: "message", message: "Connection altered successfully" };
  }

  #drop({ name, ifExists }: Extract<Statement, { kind: "drop" }>): Outcome {
    const stored = this.connections[name];
    if (stored === undefined) {
      if (!ifExists) throw new Refusal(`Connection ${name} does not exist`);
      return { kind: "message", message: "Operation resulted in no change" };
    }
    const usages = [...stored.usages, ...this.#catalogsOver(name)];
    if (usages.length > 0) {
      throw new Refusal(
        `Cannot delete connection due to usages:\n${usages.join("\n")}`,
      );
    }
    delete this.connections[name];
    return { kind: "message", message: "Connection dropped successfully" };
  }

  #dropView({
    path,
    ifExists,
  }: Extract<Statement, { kind: "drop view" }>): Outcome {
    const full = ({ catalog, schema, name }: StoredRelation) =>
      [catalog, schema, name].slice(-path.length).join(".");
    const found = this.relations.find(
      (relation) =>
        relation.kind === "view" && full(relation) === path.join("."),
    );
    if (found === undefined) {
      if (!ifExists)
        throw new Refusal(`Materialized view ${path.join(".")} does not exist`);
      return { kind: "message", message: "Operation resulted in no change" };
    }
    this.relations = this.relations.filter((relation) => relation !== found);
    return {
      kind: "message",
      message: "Materialized view dropped successfully",
    };
  }

  #showCreate({ what, name }: Extract<Statement, { kind: "show" }>): string {
    if (what === "CONNECTION") return this.#shown(this.#find(name));
    if (!this.relations.some((one) => one.kind === "job" && one.name === name))
      throw new Refusal(`Job ${name} does not exist`);
    return `CREATE JOB "${name.replaceAll('"', '""')}"`;
  }

  #select(select: Select): Grid {
    const [, name] = /^system\.information_schema\.(\w+)$/.exec(
      select.table,
    ) ?? [undefined, ""];
    const tables = informationSchema(
      Object.keys(this.connections).sort(),
      this.relations,
    );
    const table = Object.hasOwn(tables, name!) ? tables[name!] : undefined;
    if (table === undefined)
      throw new Refusal(`Table ${select.table} does not exist`);
    return runSelect(select, table);
  }

  /** A catalogue needs the connection that its tables are stored through. */
  #catalogsOver(name: string): readonly string[] {
    return Object.values(this.connections)
      .filter(({ options }) => options["DEFAULT_STORAGE_CONNECTION"] === name)
      .map((catalog) => `Connection: ${catalog.name}`);
  }

  #find(name: string): StoredConnection {
    const stored = this.connections[name];
    if (stored === undefined)
      throw new Refusal(`Connection ${name} does not exist`);
    return stored;
  }

  /** The statement that would create it. */
  #shown({ type, name, options }: StoredConnection): string {
    const lines = Object.entries(options).flatMap(([option, value]) => {
      const isSecret = secretOptions.includes(option);
      if (isSecret && this.secretDisplay === "omitted") return [];
      const shown =
        isSecret && this.secretDisplay === "masked"
          ? "********"
          : option === "CONSUMER_PROPERTIES"
            ? this.#properties(String(value))
            : value;
      return [`    ${option} = ${written(option, shown)}`];
    });
    return [
      `CREATE ${type} CONNECTION "${name.replaceAll('"', '""')}"`,
      ...lines,
    ]
      .join("\n")
      .concat(";");
  }

  #properties(text: string): string {
    if (this.secretDisplay === "clear") return text;
    return text.replace(
      /(password=\\*"?)[^"\n;]*|(^[^=\n]*(?:password|secret)[^=\n]*=).*/gim,
      "$1$2****",
    );
  }
}

function factsOf(type: string): TypeFacts {
  const facts = Object.hasOwn(types, type) ? types[type] : undefined;
  if (facts === undefined) throw new Refusal(`Unknown connection type ${type}`);
  return facts;
}

function written(option: string, value: Literal): string {
  if (Array.isArray(value))
    return `(${(value as readonly string[]).map(quoted).join(", ")})`;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value !== "string") return String(value);
  if (option === "VERSION" || value.startsWith("INTERVAL '")) return value;
  return option === "DEFAULT_STORAGE_CONNECTION"
    ? `"${value.replaceAll('"', '""')}"`
    : quoted(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

import { PatchbayError, Secret } from "../../../diagnostics";
import {
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import { readDeclaration } from "../declaration";
import { fullConnections } from "../full-connections-fixture";
import type { Options } from "../options/option";
import {
  alterStatement,
  createStatement,
  dropStatement,
  namesStatement,
} from "./statement";
import { parseShown } from "./shown-connection";

/** Where a tokenizer may think that a backslash hides the character after it. */
type Dialect = "standard" | "backslash";

/**
 * A reader of literals that shares nothing with the code: text literals and
 * quoted names with their values, everything else as bare text. In the dialect
 * with backslashes the values are not looked at, only where they end.
 */
function partsOf(sql: string, dialect: Dialect) {
  const literals: { quote: string; raw: string }[] = [];
  let bare = "";
  for (let at = 0; at < sql.length;) {
    const quote = sql[at]!;
    if (quote !== "'" && quote !== '"') {
      bare += quote;
      at += 1;
      continue;
    }
    let raw = "";
    for (at += 1; ;) {
      const character = sql[at];
      if (character === undefined) throw new Error("a literal has no end");
      if (dialect === "backslash" && character === "\\") {
        raw += sql.slice(at, at + 2);
        at += 2;
      } else if (character === quote && sql[at + 1] === quote) {
        raw += quote + quote;
        at += 2;
      } else if (character === quote) {
        at += 1;
        break;
      } else {
        raw += character;
        at += 1;
      }
    }
    literals.push({ quote, raw });
    bare += "?";
  }
  return { literals, bare };
}

const valueOf = ({ quote, raw }: { quote: string; raw: string }) =>
  raw.split(quote + quote).join(quote);

/** Pieces that could end a literal, begin a comment or say something else. */
const pieces = [
  "'",
  "''",
  '"',
  '""',
  "\\",
  "\\\\",
  "\\'",
  '\\"',
  ";",
  "--",
  "/*",
  "*/",
  "\n",
  "\r\n",
  "\t",
  " ",
  "=",
  "(",
  ")",
  ",",
  "a",
  "Z",
  "0",
  "ä",
  "\u{1F418}",
  "\u2019",
  "\u02bc",
  "\uff07",
  "$$",
  "${x}",
  "{{x}}",
  "%",
  "\u0001",
  "PASSWORD",
  " SET ",
  "DROP CONNECTION x",
  "CREATE",
  "U&'",
  "E'",
  "x'",
];

/** Numbers from 0 to 1, the same on every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomFrom(20240607);
const hostile = (most: number) =>
  Array.from(
    { length: 1 + Math.floor(random() * most) },
    () => pieces[Math.floor(random() * pieces.length)]!,
  ).join("");

/** The statement, or undefined where the values were refused before anything was sent. */
function built(build: () => string): string | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof PatchbayError) return undefined;
    throw error;
  }
}

test("no name, host or comment breaks out of its literal, however backslashes are read", () => {
  let sent = 0;
  for (let round = 0; round < 1500; round++) {
    const name = hostile(6);
    const texts = [hostile(8), hostile(8), hostile(8)] as const;
    const options: Options = {
      CONNECTION_STRING: texts[0],
      PASSWORD: texts[1],
      COMMENT: texts[2],
    };
    const subject = { keyword: "POSTGRES", name };
    for (const [build, form] of [
      [
        createStatement,
        "CREATE POSTGRES CONNECTION ? CONNECTION_STRING = ? PASSWORD = ? COMMENT = ?",
      ],
      [
        alterStatement,
        "ALTER POSTGRES CONNECTION ? SET CONNECTION_STRING = ? SET PASSWORD = ? SET COMMENT = ?",
      ],
    ] as const) {
      const sql = built(() => build(subject, options));
      if (sql === undefined) continue;
      sent += 1;
      const { literals, bare } = partsOf(sql, "standard");
      expect(literals.map(valueOf)).toEqual([name, ...texts]);
      expect(bare.replace(/\s+/g, " ")).toBe(form);
      const other = partsOf(sql, "backslash");
      expect(other.bare).toBe(bare);
      expect(other.literals).toHaveLength(4);
      if (build === createStatement)
        expect(parseShown(sql)).toMatchObject({ name, options });
    }
  }
  expect(sent).toBeGreaterThan(750);
});

test("nor does a name in the statements that have only one", () => {
  for (let round = 0; round < 1000; round++) {
    const name = hostile(8);
    const drop = built(() => dropStatement(name));
    if (drop !== undefined) {
      for (const dialect of ["standard", "backslash"] as const)
        expect(partsOf(drop, dialect).bare).toBe("DROP CONNECTION IF EXISTS ?");
      expect(partsOf(drop, "standard").literals.map(valueOf)).toEqual([name]);
    }
    const names = built(() => namesStatement(name));
    if (names !== undefined)
      expect(valueOf(partsOf(names, "backslash").literals[1]!)).toBe(name);
  }
});

test("nor does an item of a list, or the name of another connection", () => {
  for (let round = 0; round < 1000; round++) {
    const [item, other] = [hostile(6), hostile(6)];
    for (const [keyword, options, form] of [
      ["KAFKA", { HOSTS: [item, other] }, "HOSTS = (?, ?)"],
      [
        "GLUE_CATALOG",
        { DEFAULT_STORAGE_CONNECTION: item, NEW_OPTION: other },
        "DEFAULT_STORAGE_CONNECTION = ? NEW_OPTION = ?",
      ],
    ] as [string, Options, string][]) {
      const sql = built(() => createStatement({ keyword, name: "n" }, options));
      if (sql === undefined) continue;
      for (const dialect of ["standard", "backslash"] as const)
        expect(partsOf(sql, dialect).bare.replace(/\s+/g, " ")).toBe(
          `CREATE ${keyword} CONNECTION ? ${form}`,
        );
      const { literals } = partsOf(sql, "standard");
      expect(literals.map(valueOf)).toEqual(["n", item, other]);
    }
  }
});

/** The value with every text in it replaced, now and then. */
function disturbed(value: JsonValue): JsonValue {
  if (typeof value === "string") return random() < 0.3 ? hostile(4) : value;
  if (isList(value)) return value.map(disturbed);
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value).map(([name, part]) => [name, disturbed(part)]),
  );
}

test.each(fullConnections)(
  "whatever a declaration of $type passes with is written, and shown again",
  (full) => {
    let written = 0;
    for (let round = 0; round < 300; round++) {
      const secrets = disturbed(full.secrets!.reveal()) as JsonObject;
      const config = disturbed(full.config) as JsonObject;
      const declaration = readDeclaration({
        ...full,
        config,
        secrets: new Secret(secrets),
      });
      if (!declaration.ok) continue;
      written += 1;
      const { keyword, options } = declaration.value;
      const sql = createStatement({ keyword, name: "n" }, options);
      const { bare } = partsOf(sql, "standard");
      expect(partsOf(sql, "backslash").bare).toBe(bare);
      expect(bare).toMatch(/^CREATE \w+ CONNECTION \?(\s+\w+ = [\w?(), ]+)*$/);
      expect(parseShown(sql)?.options).toEqual(options);
    }
    expect(written).toBeGreaterThan(20);
  },
);

test.each([
  ["a list", { HOSTS: ["a:1', 'b:2", "c'"] }, "HOSTS = (?, ?)"],
  ["a number", { MAX_WRITERS: 20 }, "MAX_WRITERS = 20"],
  [
    "a switch",
    { SSL: true, REQUIRE_STATIC_IP: false },
    "SSL = TRUE REQUIRE_STATIC_IP = FALSE",
  ],
  ["a choice", { VERSION: "LEGACY" }, "VERSION = LEGACY"],
  ["an option that nobody knows", { NEW_OPTION: "x" }, "NEW_OPTION = ?"],
] as [string, Options, string][])(
  "%s is written in its form",
  (_title, options, form) => {
    const sql = createStatement({ keyword: "KAFKA", name: "k" }, options);
    expect(partsOf(sql, "standard").bare.replace(/\s+/g, " ")).toBe(
      `CREATE KAFKA CONNECTION ? ${form}`,
    );
  },
);

test("seconds and names of other connections are written in their forms", () => {
  expect(
    createStatement({ keyword: "MONGODB", name: "m" }, { TIMEOUT: 4 }),
  ).toContain("TIMEOUT = INTERVAL '4' SECONDS");
  expect(
    createStatement(
      { keyword: "GLUE_CATALOG", name: "g" },
      { DEFAULT_STORAGE_CONNECTION: 'my "s3"' },
    ),
  ).toContain('DEFAULT_STORAGE_CONNECTION = "my ""s3"""');
});

test.each([
  ["ends with a backslash", "geheim\\"],
  ["has a backslash before a quote", "geheim\\' SET"],
  ["has three of them", "geheim\\\\\\'"],
  ["holds a NUL", "geheim\0"],
  ["holds half of a character", "geheim\ud83d"],
])("a value that %s is refused and not shown", (_title, PASSWORD) => {
  const build = () =>
    createStatement({ keyword: "POSTGRES", name: "w" }, { PASSWORD });
  expect(build).toThrow(/PASSWORD/);
  expect(build).not.toThrow(/geheim/);
});

test.each([
  [
    "a type",
    () => createStatement({ keyword: "S3 CONNECTION x --", name: "w" }, {}),
  ],
  [
    "a type in small letters",
    () => createStatement({ keyword: "s3", name: "w" }, {}),
  ],
  [
    "an option",
    () => createStatement({ keyword: "S3", name: "w" }, { "A = 'x' B": "y" }),
  ],
  [
    "a choice",
    () =>
      createStatement(
        { keyword: "KAFKA", name: "w" },
        { VERSION: "CURRENT SSL = TRUE" },
      ),
  ],
  ["a number", () => createStatement({ keyword: "S3", name: "w" }, { N: 1.5 })],
])("%s that is none is refused", (_title, build) => {
  expect(build).toThrow(PatchbayError);
});

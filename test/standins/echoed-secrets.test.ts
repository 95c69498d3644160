import { PatchbayError, Secret } from "../../src/diagnostics";
import type { Connection, JsonObject, Owner, Platform } from "../../src/model";
import { platformDefinitions } from "../../src/platforms/registry";
import { planted, secretForms } from "../support/secret-forms";
import type { StandinRequest } from "./kit";
import { standins, type StartedStandin } from "./standins";

type Name = keyof typeof standins;

/** A connection of each platform with one secret, and where it is written. */
const written: Readonly<
  Record<
    Name,
    {
      readonly owner: Owner;
      readonly type: string;
      readonly config: JsonObject;
      readonly secret: string;
      /** What else it cannot be without. */
      readonly others?: JsonObject;
      readonly isWrite: (request: StandinRequest) => boolean;
      /** What is said where the vendor's words are not. */
      readonly withheld: RegExp;
      /** Whether harmless words are passed on. */
      readonly quotes: boolean;
    }
  >
> = {
  astro: {
    owner: { kind: "workspace", name: "analytics" },
    type: "generic",
    config: { conn_type: "mongo", host: "db.example.com", login: "loader" },
    secret: "password",
    isWrite: ({ method }) => method !== "GET",
    // Only names of fields are ever taken from Astro's answers.
    withheld: /It does not say which field|the answer was 400|Astro/,
    quotes: false,
  },
  datadog: {
    owner: { kind: "organization", name: "acme" },
    type: "datadog:ConfigCat",
    config: { api_username: "loader" },
    secret: "api_password",
    others: { sdk_key: "harmless-sdk-key" },
    isWrite: ({ method }) => method !== "GET",
    withheld: /Its words are not shown/,
    quotes: true,
  },
  pipes: {
    owner: { kind: "organization", name: "acme" },
    type: "pipes:postgres",
    config: { host: "db.example.com" },
    secret: "password",
    isWrite: ({ method }) => method !== "GET",
    // The title of a problem is passed on by itself.
    withheld: /Its words are not shown|refused with 400: Bad Request\.$/m,
    quotes: true,
  },
  upsolver: {
    owner: { kind: "organization", name: "acme" },
    type: "elasticsearch",
    config: { host: "db.example.com", login: "loader" },
    secret: "password",
    isWrite: ({ body }) =>
      /^\s*(CREATE|ALTER|DROP)\b/.test((body as { sql?: string }).sql ?? ""),
    withheld: /Its words are not shown/,
    quotes: true,
  },
};

const names = Object.keys(standins) as Name[];

describe.each(names)("what %s repeats of a secret", (name) => {
  const { owner, type, config, secret, others, isWrite, withheld, quotes } =
    written[name];
  let started: StartedStandin;
  let platform: Platform;
  let log: string[];

  beforeAll(async () => {
    started = await standins[name].start();
    log = [];
    const note = (message: string, fields?: object) =>
      log.push(JSON.stringify([message, fields]));
    // The password is a header of one's own, too, so that calls without secrets have something to hide.
    const settings = {
      ...started.settings,
      headers: JSON.stringify({ "X-Proxy": planted.password }),
    };
    platform = await platformDefinitions
      .find((definition) => definition.name === name)!
      .open({
        settings: Object.fromEntries(
          Object.entries(settings).map(([key, text]) => [
            key,
            new Secret(text),
          ]),
        ),
        organization: "acme",
        workingDirectory: "/",
        environment: {},
        log: { trace: note, debug: note, warn: note },
      });
    const { platformId } = await platform.connections.create(
      declared("kept", "harmless-before"),
    );
    kept = platformId;
  });
  afterAll(async () => {
    await platform.close();
    await started.standin.close();
  });
  beforeEach(() => {
    log.length = 0;
  });

  let kept: string;
  const key = { owner, name: "kept" };
  const declared = (of: string, value: string): Connection => ({
    owner,
    name: of,
    type,
    config,
    secrets: new Secret({ ...others, [secret]: value }),
  });

  /** Everything that a call tells, the log included, where the platform refuses it in these words. */
  const told = async (words: string, call: () => Promise<unknown>) => {
    started.standin.answerNext({
      match: { where: isWrite },
      answer: () => standins[name].refused(400, words),
    });
    const thrown: unknown = await call().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(thrown instanceof PatchbayError))
      throw new Error(`it was not refused: ${String(thrown)}`);
    return [
      ...thrown.diagnostics.map(({ detail }) => detail),
      thrown.message,
      String(thrown.stack),
      ...log,
    ].join("\n");
  };

  const expectNothing = (words: string, said: string) => {
    expect(said).toMatch(withheld);
    for (const part of [words, ...partsOf(planted.password), ...keyParts])
      expect(said).not.toContain(part);
  };

  describe.each(secretForms)("%s", (title, words) => {
    const value = /\bkey\b|a line/.test(title) ? planted.key : planted.password;

    test("is in no refusal of a create or an update, and in no log", async () => {
      const create = () =>
        platform.connections.create(declared("other", value));
      const update = () =>
        platform.connections.update(key, declared("kept", value), {
          platformId: kept,
        });
      for (const call of [create, update])
        expectNothing(words, await told(words, call));
      expect(log.length).toBeGreaterThan(0);
    });

    if (value === planted.password)
      test("is in no refusal of a delete, where it is the header that is repeated", async () => {
        const remove = () =>
          platform.connections.delete(key, { platformId: kept });
        expectNothing(words, await told(words, remove));
      });

    test("is in no reason of a test of the connection", async () => {
      const { verification } = platform;
      if (verification === undefined) return;
      const isHeader = value === planted.password;
      // Of the second it is the header that is repeated.
      for (const sent of [value, ...(isHeader ? ["harmless-before"] : [])]) {
        started.standin.answerNext({
          match: { where: isWrite },
          answer: () => ({
            status: 200,
            body: { status: "failed", reason: words },
          }),
        });
        const outcome = await verification.verify(declared("other", sent));
        expect(outcome.ok).toBe(false);
        expectNothing(words, [outcome.message, ...log].join("\n"));
      }
    });
  });

  test("is withheld altogether where the secret is too short to be told from other words", async () => {
    const words = "could not connect: UND_ERR_SOCKET";
    const said = await told(words, () =>
      platform.connections.create(declared("other", "K")),
    );
    expect(said).toMatch(withheld);
    expect(said).not.toContain("UND_ERR");
  });

  test("and harmless words are passed on as they are", async () => {
    const words = "could not connect to db.example.com:5432: UND_ERR_SOCKET";
    const said = await told(words, () =>
      platform.connections.create(declared("other", "harmless-before")),
    );
    if (quotes) expect(said).toContain(words);
    else expect(said).not.toContain(words);
  });
});

const keyParts = planted.key.split("\n").slice(1, 3).flatMap(partsOf);

/** Eight characters each: long enough that no sentence has them by chance. */
function partsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 7 }, (_, at) =>
    text.slice(at, at + 8),
  );
}

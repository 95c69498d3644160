import { Secret, PatchbayError } from "../../src/diagnostics";
import type { Connection, Platform } from "../../src/model";
import { platformDefinitions } from "../../src/platforms/registry";
import { type StartedStandin, standins } from "./standins";

type Name = keyof typeof standins;

const names = Object.keys(standins) as Name[];
const value = "proxy-value-4711";

/** The headers that each platform's credentials are in. */
const credentials: Readonly<Record<Name, readonly string[]>> = {
  astro: ["Authorization"],
  datadog: ["DD-API-KEY", "dd-application-key", "authorization"],
  pipes: ["AUTHORIZATION"],
  upsolver: ["authorization"],
};

const sample = {
  astro: ["workspace", "analytics", "postgresql", { password: "secret-1" }],
  datadog: ["organization", "acme", "http", { token: "secret-1" }],
  pipes: ["organization", "acme", "pipes:postgres", { password: "secret-1" }],
  upsolver: ["organization", "acme", "elasticsearch", { password: "secret-1" }],
} as const;

describe.each(names)("headers of one's own at %s", (name) => {
  const definition = platformDefinitions.find((one) => one.name === name)!;
  let started: StartedStandin;
  let log: string[];
  beforeEach(async () => {
    started = await standins[name].start();
    log = [];
  });
  afterEach(() => started.standin.close());

  const open = (headers: Readonly<Record<string, string>>) => {
    const note = (message: string, fields?: object) =>
      log.push(JSON.stringify([message, fields]));
    const settings = { ...started.settings, headers: JSON.stringify(headers) };
    // Async, so that what is thrown at once rejects, too.
    return Promise.resolve().then(() =>
      definition.open({
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
      }),
    );
  };

  test("go with every request, beside the credentials, and are neither logged nor shown", async () => {
    const platform = await open({ "X-Proxy-Token": value });
    await useEverything(name, platform);
    const requests = started.standin.requests();
    expect(new Set(requests.map(({ method }) => method)).size).toBeGreaterThan(
      name === "upsolver" ? 0 : 2,
    );
    for (const { headers } of requests)
      expect(headers["x-proxy-token"]).toBe(value);
    const statuses = requests.map(({ status }) => status);
    for (const refused of [401, 403]) expect(statuses).not.toContain(refused);
    expect(log.length).toBeGreaterThanOrEqual(requests.length);
    expect(log.join()).not.toContain(value);
    expect(JSON.stringify(platform)).not.toContain(value);
    await platform.close();
  });

  test.each([400, 401, 403, 404, 409, 422, 500])(
    "are not shown where the platform repeats them with %s",
    async (status) => {
      const platform = await open({ "X-Proxy-Token": value });
      const isWrite = ({ body }: { readonly body: unknown }) =>
        name !== "upsolver" ||
        /^\s*CREATE/.test((body as { sql?: string } | undefined)?.sql ?? "");
      started.standin.answerNext({
        match: {
          where: (request) => request.method === "POST" && isWrite(request),
        },
        answer: () => standins[name].refused(status, `no entry for ${value}`),
      });
      const [kind, owner, type, secrets] = sample[name];
      const thrown: unknown = await platform.connections
        .create(connectionOf(kind, owner, type, secrets))
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(thrown).toBeInstanceOf(PatchbayError);
      expect(
        started.standin.requests().map((request) => request.status),
      ).toContain(status);
      const { diagnostics, stack, message } = thrown as PatchbayError;
      expect(
        [JSON.stringify(diagnostics), stack, message, ...log].join(),
      ).not.toContain(value);
      await platform.close();
    },
  );

  test.each(credentials[name])(
    "cannot take the place of %s, and its value is not shown",
    async (header) => {
      const thrown: unknown = await open({ [header]: value }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(PatchbayError);
      const [fault] = (thrown as PatchbayError).diagnostics;
      expect(fault).toMatchObject({
        code: "invalid_field",
        path: [name, "headers"],
      });
      expect(fault!.detail).toContain(JSON.stringify(header));
      expect(fault!.detail).not.toContain(value);
      expect(started.standin.requests()).toEqual([]);
    },
  );
});

function connectionOf(
  kind: "organization" | "workspace",
  name: string,
  type: string,
  secrets: Readonly<Record<string, string>>,
): Connection {
  return {
    owner: { kind, name },
    name: "warehouse",
    type,
    config:
      type === "http"
        ? { base_url: "https://api.example.com" }
        : { host: "db.example.com", login: "loader" },
    secrets: new Secret(secrets),
  };
}

/** Every kind of call that the platform has. */
async function useEverything(name: Name, platform: Platform): Promise<void> {
  const [kind, owner, type, secrets] = sample[name];
  const connection = connectionOf(kind, owner, type, secrets);
  const { connections } = platform;
  const { platformId } = await connections.create(connection);
  await connections.tryFind(connection, { platformId });
  await connections.list?.(connection.owner);
  await connections.update(
    connection,
    {
      ...connection,
      config: {
        ...connection.config,
        ...(type === "http"
          ? { base_url: "https://other.example.com" }
          : { host: "other.example.com" }),
      },
    },
    { platformId },
  );
  await platform.usage?.find(connection);
  await platform.inventory?.listWorkspaces({
    kind: "organization",
    name: "acme",
  });
  await platform.verification?.verify(connection);
  await connections.delete(connection, { platformId });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { PatchbayError } from "../diagnostics";
import { errorDiagnostic, formatDiagnostic, Secret } from "../diagnostics";
import {
  type LoopbackServer,
  startLoopbackServer,
} from "../testing/loopback-server";
import { ApiError } from "./api-error";
import { createHttpClient, type HttpClientOptions } from "./http-client";
import type { HttpRequest } from "./http-request";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const cut: Answer = (response) => response.destroy();
const cutInTheMiddle: Answer = (response) => {
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": "1000",
  });
  response.write('{"half":', () => response.destroy());
};
const silent: Answer = () => undefined;
const stuck: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"half":');
};
const status =
  (
    code: number,
    headers: Record<string, string> = {},
    body: unknown = {},
  ): Answer =>
  (response) => {
    response.writeHead(code, {
      "content-type": "application/json",
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
const ok = status(200, {}, { ok: true });

const TOKEN = "tokengeheim";
let server: LoopbackServer | undefined;
let calls: string[];
let waits: number[];

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A client of a server that gives these answers in turn, the last one again and again. */
async function against(
  answers: readonly Answer[],
  options: Partial<HttpClientOptions> = {},
) {
  calls = [];
  waits = [];
  let clock = 0;
  server = await startLoopbackServer({
    listener: (request, response) => {
      const answer = answers[Math.min(calls.length, answers.length - 1)]!;
      calls.push(`${request.method} ${request.url}`);
      request.resume().on("end", () => answer(response, request));
      response.on("error", () => undefined);
    },
  });
  return createHttpClient({
    baseUrl: server.url,
    userAgent: "patchbay/1",
    headers: { authorization: new Secret(`Bearer ${TOKEN}`) },
    time: {
      now: () => clock,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        clock += milliseconds;
        await Promise.resolve();
      },
    },
    random: () => 1,
    ...options,
  });
}

const get: HttpRequest = {
  method: "GET",
  pathTemplate: "/things/{id}",
  pathParameters: { id: "namegeheim" },
};
const post: HttpRequest = {
  method: "POST",
  pathTemplate: "/things",
  query: { q: "querygeheim" },
  body: { password: "bodygeheim" },
};
const query: HttpRequest = { ...post, readOnly: true };
const put: HttpRequest = { ...post, method: "PUT" };
const keyedPost: HttpRequest = { ...post, idempotent: true };

/** The failure, which holds nothing of the request but its method and path template. */
async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError))
    throw new Error("no ApiError was thrown", { cause: error });
  const everything = [
    error.message,
    error.stack,
    JSON.stringify({ ...error }),
    ...error.diagnostics.map(formatDiagnostic),
  ];
  expect(everything.join("\n")).not.toContain("geheim");
  return error;
}
const codesOf = (error: PatchbayError) =>
  error.diagnostics.map(({ code }) => code);

test("a request carries its parameters, its body, the credential and who sends it", async () => {
  const seen: unknown[] = [];
  const client = await against([
    (response, request) => {
      seen.push(
        request.headers.authorization,
        request.headers["content-type"],
        request.headers["if-match"],
        request.headers["user-agent"],
      );
      ok(response, request);
    },
  ]);
  const answer = await client.request({ ...put, headers: { "If-Match": "7" } });
  expect(answer).toMatchObject({ status: 200, body: { ok: true } });
  expect(calls).toEqual(["PUT /things?q=querygeheim"]);
  expect(seen).toEqual([
    `Bearer ${TOKEN}`,
    "application/json",
    "7",
    "patchbay/1",
  ]);
});

test("an answer without a body has no body", async () => {
  const client = await against([(response) => response.writeHead(204).end()]);
  expect((await client.request(get)).body).toBeUndefined();
});

describe("what is safe to repeat is repeated", () => {
  test.each<[string, HttpRequest, Answer]>([
    ["a read after a cut connection", get, cut],
    ["a read after half an answer", get, cutInTheMiddle],
    ["a replacement after a cut connection", put, cut],
    ["a deletion after a cut connection", { ...get, method: "DELETE" }, cut],
    ["a create with an idempotency key after a cut connection", keyedPost, cut],
    [
      "a create with an idempotency key after half an answer",
      keyedPost,
      cutInTheMiddle,
    ],
    ["a bare create after 429", post, status(429)],
    ["a query by POST after a cut connection", query, cut],
    ["a query by POST after 500", query, status(500)],
    ...[408, 429, 500, 502, 503, 504].map(
      (code): [string, HttpRequest, Answer] => [
        `a read after ${code}`,
        get,
        status(code),
      ],
    ),
  ])("%s", async (_title, request, fault) => {
    const client = await against([fault, fault, ok]);
    expect((await client.request(request)).status).toBe(200);
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([250, 500]);
  });

  test.each([
    ["silence", silent],
    ["half an answer and silence", stuck],
  ])("a read after %s", async (_title, fault) => {
    const client = await against([fault, ok], { attemptTimeoutMs: 50 });
    expect((await client.request(get)).status).toBe(200);
    expect(calls).toHaveLength(2);
  });
});

describe("what is not safe to repeat is sent once", () => {
  test.each<[string, HttpRequest, Answer, string]>([
    ["a bare create with a lost answer", post, cut, "outcome_unknown"],
    [
      "a bare create with half an answer",
      post,
      cutInTheMiddle,
      "outcome_unknown",
    ],
    ["a bare create with 500", post, status(500), "outcome_unknown"],
    ["a create with 409", keyedPost, status(409), "conflict"],
    ["a read with 400", get, status(400), "platform_failure"],
    ["a read with 401", get, status(401), "unauthorized"],
    ["a read with 403", get, status(403), "forbidden"],
    ["a read with 404", get, status(404), "not_found"],
    ["a replacement with 412", put, status(412), "conflict"],
    [
      "a read with HTML",
      get,
      (response) => response.end("<html>geheim"),
      "invalid_answer",
    ],
    [
      "a create with HTML",
      post,
      (response) => response.end("<html>geheim"),
      "outcome_unknown",
    ],
  ])("%s", async (_title, request, fault, code) => {
    const client = await against([fault, ok]);
    expect(codesOf(await failureOf(client.request(request)))).toEqual([code]);
    expect(calls).toHaveLength(1);
  });
});

describe("what stays broken ends as one diagnostic", () => {
  test.each<[string, HttpRequest, Answer, string]>([
    ["a read with 500", get, status(500), "platform_failure"],
    [
      "a write with 500, which may have happened",
      put,
      status(500),
      "outcome_unknown",
    ],
    [
      "a write with 429, which did not happen",
      put,
      status(429),
      "rate_limited",
    ],
    ["a read with cut connections", get, cut, "unreachable"],
    ["a write with cut connections", keyedPost, cut, "outcome_unknown"],
  ])("%s", async (_title, request, fault, code) => {
    const client = await against([fault], { maxAttempts: 3 });
    const error = await failureOf(client.request(request));
    expect(codesOf(error)).toEqual([code]);
    expect(error.message).toContain("3 attempts");
    expect(error.message).toContain(`127.0.0.1:${server?.port}`);
    expect(error.retryable).toBe(true);
    expect(calls).toHaveLength(3);
  });

  test("silence", async () => {
    const client = await against([silent], {
      attemptTimeoutMs: 20,
      maxAttempts: 2,
    });
    expect(codesOf(await failureOf(client.request(get)))).toEqual([
      "unreachable",
    ]);
    expect(codesOf(await failureOf(client.request(post)))).toEqual([
      "outcome_unknown",
    ]);
  });
});

describe("a repetition that is refused", () => {
  test.each<[string, HttpRequest, number, string]>([
    ["settles a create with an idempotency key", keyedPost, 409, "conflict"],
    ["settles a deletion", { ...get, method: "DELETE" }, 404, "not_found"],
    [
      "leaves open whether the first replacement happened",
      put,
      412,
      "outcome_unknown",
    ],
    ["by 401 leaves it open, too", keyedPost, 401, "outcome_unknown"],
  ])("%s", async (_title, request, refusal, code) => {
    const client = await against([cut, status(refusal)]);
    const error = await failureOf(client.request(request));
    expect(codesOf(error)).toEqual([code]);
    expect(error.status).toBe(refusal);
  });
});

describe("the platform's own timing", () => {
  test("is obeyed", async () => {
    const client = await against([
      status(429, { "retry-after": "7" }),
      status(503, { "x-ratelimit-reset": "3" }),
      ok,
    ]);
    await client.request(get);
    expect(waits).toEqual([7000, 3000]);
  });

  test("is not waited for beyond the total time", async () => {
    const client = await against([status(429, { "retry-after": "3600" }), ok]);
    const error = await failureOf(client.request(get));
    expect(codesOf(error)).toEqual(["rate_limited"]);
    expect(error.message).toContain("3600 s");
    expect(waits).toEqual([]);
  });

  test("counts towards the total time", async () => {
    const client = await against([status(429, { "retry-after": "7" })], {
      totalTimeoutMs: 15_000,
      maxAttempts: 100,
    });
    await failureOf(client.request(get));
    expect(waits).toEqual([7000, 7000]);
  });
});

describe("too many requests", () => {
  test("are repeated more often than failures", async () => {
    const client = await against([status(429)]);
    const error = await failureOf(client.request(post));
    expect(codesOf(error)).toEqual(["rate_limited"]);
    expect(calls).toHaveLength(12);
  });

  test("do not count as failures", async () => {
    const limited = Array.from({ length: 6 }, () => status(429));
    const failing = Array.from({ length: 4 }, () => status(503));
    const client = await against([...limited, ...failing, ok]);
    expect((await client.request(get)).status).toBe(200);
  });

  test("hold back the requests that were not refused, too", async () => {
    let clock = 0;
    const sleepers: (() => void)[] = [];
    const asleep = async (count: number) => {
      while (sleepers.length < count)
        await new Promise((resolve) => setImmediate(resolve));
    };
    const client = await against([status(429, { "retry-after": "7" }), ok], {
      time: {
        now: () => clock,
        sleep: () => new Promise((resolve) => sleepers.push(resolve)),
      },
    });
    const refused = client.request(get);
    await asleep(1);
    const other = client.request(get);
    await asleep(2);
    expect(calls).toHaveLength(1);
    clock = 7000;
    for (const wake of sleepers) wake();
    await Promise.all([refused, other]);
    expect(calls).toHaveLength(3);
  });

  test("are avoided where the limit is known, by waiting", async () => {
    const client = await against([ok], { rateLimits: { POST: 10 } });
    for (let index = 0; index < 3; index++) await client.request(post);
    await client.request(get);
    expect(waits).toEqual([100, 100]);
  });

  test("do not use up the total time while they wait for their turn", async () => {
    const client = await against([ok], {
      rateLimits: { POST: 0.01 },
      totalTimeoutMs: 1000,
    });
    await client.request(post);
    expect((await client.request(post)).status).toBe(200);
    expect(waits).toEqual([100_000]);
  });
});

describe("an answer in another form", () => {
  const page: Answer = (response) => {
    response.writeHead(404, { "content-type": "text/html" });
    response.end("<p>textgeheim");
  };

  test("is no word of the platform that something is gone", async () => {
    const client = await against([page]);
    const error = await failureOf(client.request(get));
    expect(codesOf(error)).toEqual(["invalid_answer"]);
  });

  test("is what the adapter says, which sees its text", async () => {
    let seen: string | undefined;
    const client = await against([page], {
      readRefusal: ({ text }) => {
        seen = text;
        const detail = "There is no such thing.";
        return {
          diagnostics: [errorDiagnostic({ code: "not_found", detail })],
          requestId: "r-1",
        };
      },
    });
    const error = await failureOf(client.request(get));
    expect(seen).toBe("<p>textgeheim");
    expect(codesOf(error)).toEqual(["not_found"]);
    expect(error.requestId).toBe("r-1");
  });
});

describe("no connection", () => {
  test("is tried again even for a bare create, then named with its host", async () => {
    const client = await against([ok], { maxAttempts: 3 });
    await server?.close();
    const error = await failureOf(client.request(post));
    expect(codesOf(error)).toEqual(["unreachable"]);
    expect(error.message).toContain(`127.0.0.1:${server?.port}`);
    expect(error.message).toContain("ECONNREFUSED");
    expect(waits).toHaveLength(2);
  });

  test("to a port that fetch never asks is no lost answer", async () => {
    const client = await against([ok], {
      baseUrl: "http://127.0.0.1:1",
      maxAttempts: 1,
    });
    expect(codesOf(await failureOf(client.request(post)))).toEqual([
      "unreachable",
    ]);
  });

  test("to a name that does not exist is said with the name", async () => {
    const client = await against([ok], {
      baseUrl: "https://hub.invalid",
      maxAttempts: 1,
    });
    const error = await failureOf(client.request(get));
    expect(codesOf(error)).toEqual(["unreachable"]);
    expect(error.message).toContain("hub.invalid");
  });
});

test.each([
  ["of 50 MB", 50 * 1024 * 1024],
  ["without end", Number.POSITIVE_INFINITY],
])("an answer %s is not read to its end", async (_title, size) => {
  let sent = 0;
  const client = await against(
    [
      (response) => {
        const chunk = Buffer.alloc(64 * 1024, " ");
        const more = () => {
          while (!response.destroyed && sent < size) {
            sent += chunk.length;
            if (!response.write(chunk))
              return void response.once("drain", more);
          }
          if (!response.destroyed) response.end();
        };
        more();
      },
    ],
    { maxResponseBytes: 1024 * 1024 },
  );
  expect(codesOf(await failureOf(client.request(get)))).toEqual([
    "invalid_answer",
  ]);
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test("a redirect is not followed, so the credential stays here", async () => {
  let reached = false;
  const elsewhere = await startLoopbackServer({
    listener: (_request, response) => {
      reached = true;
      response.end("{}");
    },
  });
  try {
    const location = `${elsewhere.url}/pathgeheim`;
    const client = await against([status(307, { location })]);
    const error = await failureOf(client.request(post));
    expect(codesOf(error)).toEqual(["invalid_answer"]);
    expect(error.message).toContain(elsewhere.url);
    expect(reached).toBe(false);
  } finally {
    await elsewhere.close();
  }
});

describe("cancelling", () => {
  test("before sending sends nothing", async () => {
    const client = await against([ok]);
    const error = await failureOf(
      client.request({ ...post, signal: AbortSignal.abort() }),
    );
    expect(codesOf(error)).toEqual(["cancelled"]);
    expect(calls).toEqual([]);
  });

  test("ends a read at once", async () => {
    const controller = new AbortController();
    const client = await against([() => controller.abort()]);
    const error = await failureOf(
      client.request({ ...query, signal: controller.signal }),
    );
    expect(codesOf(error)).toEqual(["cancelled"]);
  });

  test("awaits a write that was sent", async () => {
    const controller = new AbortController();
    const client = await against([
      (response, request) => {
        controller.abort();
        setTimeout(() => ok(response, request), 20);
      },
    ]);
    expect(
      (await client.request({ ...post, signal: controller.signal })).status,
    ).toBe(200);
  });

  test("repeats nothing, and says when a write may have happened", async () => {
    const controller = new AbortController();
    const client = await against([
      (response, request) => {
        controller.abort();
        cut(response, request);
      },
      ok,
    ]);
    const error = await failureOf(
      client.request({ ...put, signal: controller.signal }),
    );
    expect(codesOf(error)).toEqual(["outcome_unknown"]);
    expect(calls).toHaveLength(1);
  });

  test("leaves the queue", async () => {
    const controller = new AbortController();
    const client = await against([silent], {
      concurrency: 1,
      attemptTimeoutMs: 100,
      maxAttempts: 1,
    });
    const first = failureOf(client.request(get));
    const second = failureOf(
      client.request({ ...get, signal: controller.signal }),
    );
    controller.abort();
    expect(codesOf(await second)).toEqual(["cancelled"]);
    expect(codesOf(await first)).toEqual(["unreachable"]);
    expect(calls).toHaveLength(1);
  });
});

test("no more requests than allowed are under way at once", async () => {
  let current = 0;
  let most = 0;
  const client = await against(
    [
      (response, request) => {
        current += 1;
        most = Math.max(most, current);
        setTimeout(() => {
          current -= 1;
          ok(response, request);
        }, 5);
      },
    ],
    { concurrency: 3 },
  );
  await Promise.all(Array.from({ length: 12 }, () => client.request(get)));
  expect(calls).toHaveLength(12);
  expect(most).toBe(3);
});

test("many requests may share one signal without a warning", async () => {
  const warnings: string[] = [];
  const warned = ({ message }: Error) => warnings.push(message);
  process.on("warning", warned);
  const { signal } = new AbortController();
  const client = await against([ok], { concurrency: 2 });
  await Promise.all(
    Array.from({ length: 30 }, () => client.request({ ...get, signal })),
  );
  await new Promise(setImmediate);
  process.off("warning", warned);
  expect(warnings).toEqual([]);
});

test("an error holds the request id, the status and the problem's code", async () => {
  const client = await against(
    [status(404, { "x-request-id": "req-7" }, { code: "gone" })],
    {
      readRefusal: ({ body }) => ({
        problemCode: (body as { code: string }).code,
        diagnostics: [],
      }),
    },
  );
  const error = await failureOf(client.request(get));
  expect(error).toMatchObject({
    method: "GET",
    pathTemplate: "/things/{id}",
    status: 404,
    requestId: "req-7",
    problemCode: "gone",
    retryable: false,
  });
});

test("a request id that is no plain word is left out", async () => {
  const client = await against([
    status(404, { "x-request-id": "a b <geheim>" }),
  ]);
  expect((await failureOf(client.request(get))).requestId).toBeUndefined();
});

test("the advice about credentials is given when one is refused", async () => {
  const client = await against([status(401)], {
    credentialAdvice: "Set HUB_TOKEN.",
  });
  expect((await failureOf(client.request(get))).message).toContain(
    "Set HUB_TOKEN.",
  );
});

test("a credential that no header can hold is refused without being shown", () => {
  expect(() =>
    createHttpClient({
      baseUrl: "https://hub.invalid",
      headers: { authorization: new Secret("Bearer geheim\n") },
    }),
  ).toThrow(
    expect.objectContaining({
      message: expect.not.stringContaining("geheim") as string,
    }),
  );
});

test("the log holds the path template and no more", async () => {
  const lines: string[] = [];
  const client = await against([status(500), ok], {
    log: {
      debug: (message, fields) =>
        lines.push(JSON.stringify({ message, ...fields })),
    },
  });
  await client.request({
    ...put,
    pathTemplate: "/things/{id}",
    pathParameters: { id: "namegeheim" },
  });
  expect(lines).toHaveLength(2);
  expect(lines.join()).toContain("/things/{id}");
  expect(lines.join()).not.toContain("geheim");
});

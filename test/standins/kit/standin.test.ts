import { type Standin, type StandinRoute, startStandin } from ".";

interface Counter {
  value: number;
}

/** A platform that holds one number. */
function counterRoutes(counter: Counter): readonly StandinRoute[] {
  return [
    {
      method: "GET",
      path: "/counters/{name}",
      handle: ({ parameters }) => ({
        status: 200,
        body: { name: parameters["name"], value: counter.value },
      }),
    },
    {
      method: "GET",
      path: "/counters/all",
      handle: () => ({ status: 200, body: [counter.value] }),
    },
    {
      method: "POST",
      path: "/counters/{name}",
      handle: ({ body }) => {
        counter.value += (body as { readonly by: number }).by;
        return { status: 204 };
      },
    },
  ];
}

let counter: Counter;
let standin: Standin;

beforeEach(async () => {
  counter = { value: 1 };
  standin = await startStandin({
    routes: counterRoutes(counter),
    state: {
      save: () => counter.value,
      restore: (saved) => {
        counter.value = saved as number;
      },
    },
    credentialHeaders: ["X-Api-Key"],
  });
});

afterEach(() => standin.close());

const get = (path = "/counters/a%20b?x=1") => fetch(`${standin.url}${path}`);
const add = () =>
  fetch(`${standin.url}/counters/a`, {
    method: "POST",
    headers: { authorization: "Bearer t", "x-api-key": "k", "x-other": "o" },
    body: JSON.stringify({ by: 1 }),
  });

test("routes by method and template, fewer parameters first", async () => {
  expect(await (await get()).json()).toEqual({ name: "a b", value: 1 });
  expect(await (await get("/counters/all")).json()).toEqual([1]);
  expect((await get("/elsewhere")).status).toBe(404);
});

test("logs what was asked, without credentials", async () => {
  await get();
  await add();
  expect(standin.requests()).toMatchObject([
    {
      method: "GET",
      pathTemplate: "/counters/{name}",
      query: { x: "1" },
      status: 200,
    },
    { method: "POST", body: { by: 1 }, headers: { "x-other": "o" } },
  ]);
  expect(standin.requests({ method: "POST" })).toHaveLength(1);
  expect(JSON.stringify(standin.requests())).not.toMatch(
    /Bearer|"authorization"|api-key/,
  );
});

test.each([
  ["before", 1],
  ["after", 2],
] as const)("fails with a status %s the effect", async (when, value) => {
  standin.failNext({ fault: { kind: "status", status: 500, when } });
  expect((await add()).status).toBe(500);
  expect(counter.value).toBe(value);
  expect((await add()).status).toBe(204);
});

test.each([
  ["before", 1],
  ["after", 2],
] as const)("cuts the connection %s the effect", async (when, value) => {
  standin.failNext({
    match: { method: "POST" },
    fault: { kind: "cut", when },
  });
  await get();
  await expect(add()).rejects.toThrow("fetch failed");
  expect(counter.value).toBe(value);
});

test("limits with the headers that are asked for", async () => {
  standin.failNext({ fault: { kind: "rate_limited", retryAfter: 3 } });
  standin.failNext({ fault: { kind: "rate_limited", rateLimitReset: 4 } });
  standin.failNext({ fault: { kind: "rate_limited" } });
  expect((await add()).headers.get("retry-after")).toBe("3");
  expect((await add()).headers.get("x-ratelimit-reset")).toBe("4");
  const bare = await add();
  expect([bare.status, bare.headers.get("retry-after")]).toEqual([429, null]);
  expect(counter.value).toBe(1);
});

test("a stale read shows things as they were when it was asked for", async () => {
  standin.failNext({
    match: { method: "GET" },
    fault: { kind: "stale_read" },
  });
  await add();
  expect(await (await get("/counters/all")).json()).toEqual([1]);
  expect(await (await get("/counters/all")).json()).toEqual([2]);
});

test("answers what is no JSON, and far too much of it", async () => {
  standin.failNext({ fault: { kind: "html" } });
  standin.failNext({ fault: { kind: "oversized" } });
  expect((await get()).headers.get("content-type")).toBe("text/html");
  expect((await (await get()).text()).length).toBeGreaterThan(50_000_000);
});

test("gives 429 beyond the limit of a method", async () => {
  standin.setLimits({ POST: { perSecond: 0.01, burst: 2 } });
  const answers = [await add(), await add(), await add()];
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 429]);
  expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(1);
  expect((await get()).status).toBe(200);
});

test("runs something between a request and its effect", async () => {
  standin.onNext({
    match: { method: "GET" },
    when: "before",
    run: () => {
      counter.value = 7;
    },
  });
  expect(await (await get("/counters/all")).json()).toEqual([7]);
});

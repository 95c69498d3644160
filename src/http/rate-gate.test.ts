import { RateGate, type RateLimits } from "./rate-gate";
import { systemTime, type Time } from "./time";

/** A clock whose sleepers wake in order when it is advanced. */
function manualTime() {
  let now = 1_000_000;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const time: Time = {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + milliseconds, wake: resolve });
      }),
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const advance = async (milliseconds: number) => {
    const end = now + milliseconds;
    await settle();
    for (;;) {
      const [due] = sleepers
        .filter(({ at }) => at <= end)
        .sort((left, right) => left.at - right.at);
      if (due === undefined) break;
      sleepers = sleepers.filter((sleeper) => sleeper !== due);
      now = due.at;
      due.wake();
      await settle();
    }
    now = end;
  };
  return { time, advance };
}

function gate(limits: RateLimits) {
  const { time, advance } = manualTime();
  const start = time.now();
  const tested = new RateGate(limits, time);
  const departures: string[] = [];
  const send = (method: "GET" | "POST") =>
    void tested
      .pass(method, undefined)
      .then(() => departures.push(`${method} ${time.now() - start}`));
  return { tested, send, advance, departures };
}

test("requests of a method leave evenly spaced, each method by itself", async () => {
  const { send, advance, departures } = gate({ POST: 10 });
  for (let index = 0; index < 3; index++) send("POST");
  send("GET");
  send("GET");
  await advance(1000);
  expect(departures.sort()).toEqual(
    ["GET 0", "GET 0", "POST 0", "POST 100", "POST 200"].sort(),
  );
});

test("what was not used is not saved up", async () => {
  const { send, advance, departures } = gate({ POST: 10 });
  await advance(10_000);
  send("POST");
  send("POST");
  await advance(1000);
  expect(departures).toEqual(["POST 10000", "POST 10100"]);
});

test("a thousand requests keep the pace of the limit", async () => {
  const { send, advance, departures } = gate({ POST: 10 });
  for (let index = 0; index < 1000; index++) send("POST");
  await advance(200_000);
  expect(departures).toHaveLength(1000);
  expect(departures.at(-1)).toBe("POST 99900");
});

test("a pause holds back all methods, those that wait already included", async () => {
  const { tested, send, advance, departures } = gate({ POST: 10 });
  send("POST");
  send("POST");
  await advance(50);
  tested.pause(1000);
  tested.pause(10);
  send("GET");
  await advance(2000);
  expect(departures).toEqual(["POST 0", "GET 1050", "POST 1050"]);
});

test("a wait can be cancelled", async () => {
  const tested = new RateGate({ POST: 0.001 }, systemTime);
  await tested.pass("POST", undefined);
  const controller = new AbortController();
  const waiting = tested.pass("POST", controller.signal);
  controller.abort();
  await expect(waiting).rejects.toThrow("aborted");
});

import { warningDiagnostic } from "../diagnostics";
import { OpenQuestions } from "./open-questions";

const says = (detail: string) => warningDiagnostic({ code: "in_use", detail });

test("one call waits for the others and answers for all; what they settle is not said", async () => {
  const questions = new OpenQuestions({ quiet: 20 });
  const settled = new Set<string>();
  const ask = (name: string) =>
    questions.during(() =>
      questions.ask(() => (settled.has(name) ? undefined : says(name))),
    );
  const first = ask("a");
  expect(await ask("b")).toEqual([]);
  expect(await ask("c")).toEqual([]);
  settled.add("b");
  expect(await first).toEqual([says("a\nc")]);
  expect(await ask("d")).toEqual([says("d")]);
});

test("a call that is under way is waited for, at most as long as the limit says", async () => {
  const questions = new OpenQuestions({ quiet: 5, limit: 60 });
  let isSettled = false;
  const slow = (ms: number) =>
    questions.during(() => new Promise((resolve) => setTimeout(resolve, ms)));
  const reading = slow(40).then(() => (isSettled = true));
  const asked = questions.during(() =>
    questions.ask(() => (isSettled ? undefined : says("a"))),
  );
  await reading;
  expect(await asked).toEqual([]);

  const endless = slow(300);
  const began = Date.now();
  await questions.during(() => questions.ask(() => says("a")));
  expect(Date.now() - began).toBeLessThan(250);
  await endless;
});

test("what is settled already waits for nobody", async () => {
  const questions = new OpenQuestions({ quiet: 10_000 });
  expect(await questions.ask(() => undefined)).toEqual([]);
});

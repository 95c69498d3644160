import { fewAtATime } from "./few-at-a-time";

const numbers = Array.from({ length: 20 }, (_, index) => index);

/** Work that takes the longer the earlier it was begun, and tells how much of it is under way. */
function countedWork(failing: readonly number[] = []) {
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  const work = async (number: number): Promise<string> => {
    begun.push(number);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 20 - number));
    underWay -= 1;
    if (failing.includes(number)) throw new Error(`no ${number}`);
    return `did ${number}`;
  };
  return { work, begun, most: () => most, underWay: () => underWay };
}

test("a few calls are under way at once, and the results are in the order of the items", async () => {
  const { work, most } = countedWork();
  expect(await fewAtATime(numbers, work)).toEqual(
    numbers.map((number) => `did ${number}`),
  );
  expect(most()).toBe(4);
});

test("after a failure nothing is begun, and what was under way has ended", async () => {
  const { work, begun, underWay } = countedWork([5, 6]);
  await expect(fewAtATime(numbers, work)).rejects.toThrow(/^no [56]$/);
  expect(underWay()).toBe(0);
  expect(begun.length).toBeLessThan(numbers.length);
});

test("of nothing there is nothing", async () => {
  const { work, begun } = countedWork();
  expect(await fewAtATime([], work)).toEqual([]);
  expect(begun).toEqual([]);
});

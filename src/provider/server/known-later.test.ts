import { type CtyValue, recordOf, toDynamic, UNKNOWN } from "../wire";
import { dynamic } from "./core-fixture";
import {
  actions,
  applied,
  attachment,
  connection,
  expectSettled,
  later,
  link,
  postgresql,
  setUp,
  withPlaces,
} from "./declared-fixture";

const { host, login } = postgresql;
const fields = (given: Readonly<Record<string, CtyValue>>) =>
  toDynamic(recordOf(Object.entries(given)));

describe("a field that is known later, and is then what it was,", () => {
  test.each<[title: string, others: Readonly<Record<string, CtyValue>>]>([
    ["spelled otherwise", { login, port: "5432" }],
    ["a default that is no longer written", { login }],
  ])("keeps to the plan beside %s", async (_title, others) => {
    const { core } = setUp();
    await applied(core, [connection()]);
    const known = connection({ config: fields({ host, ...others }) });
    const declared = later(known, {
      config: fields({ host: UNKNOWN, ...others }),
    });
    await applied(core, [declared]);
    await expectSettled(core, [known]);
  });

  test("keeps what a link is planned to see, and to override", async () => {
    const { core, platform } = setUp();
    await withPlaces(platform);
    const before = [
      connection(),
      attachment(),
      link({ overrides: dynamic({ schema: "A", login: "x", port: 6432 }) }),
    ];
    await applied(core, before);
    const overrides = { schema: "A", login: "x", port: "6432" };
    const known = [
      connection({ config: fields({ host, login }) }),
      attachment(),
      link({ overrides: dynamic(overrides) }),
    ];
    await applied(core, [
      later(known[0]!, { config: fields({ host: UNKNOWN, login }) }),
      known[1]!,
      later(known[2]!, {
        overrides: fields({ ...overrides, schema: UNKNOWN }),
      }),
    ]);
    await expectSettled(core, known);
  });

  test("keeps to the plan when the description changes with it", async () => {
    const { core } = setUp();
    await applied(core, [connection()]);
    const known = connection({
      config: fields({ host, login }),
      description: "new",
    });
    const declared = later(known, { config: fields({ host: UNKNOWN, login }) });
    expect(actions(await applied(core, [declared]))).toEqual({
      "connection.warehouse": "update",
    });
    await expectSettled(core, [known]);
  });
});

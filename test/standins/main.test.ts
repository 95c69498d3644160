import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

const built = join(__dirname, "../../dist/test/standins/main.js");

let running: ChildProcess;
afterEach(() => running.kill("SIGKILL"));

beforeAll(() => {
  if (!existsSync(built))
    throw new Error("These tests start what was built: npm run build");
});

test.each([
  // A request that the vendor's document has, where it is held against it.
  ["astro", "host", "/v1/organizations/cmo/environment-objects"],
  ["datadog", "api_url", "/"],
  ["pipes", "host", "/"],
  ["upsolver", "api_url", "/"],
])(
  "the stand-in of %s is started by node alone, says how to reach it, and ends when it is told to",
  async (platform, setting, path) => {
    running = spawn(process.execPath, [built, platform]);
    const [said] = (await once(running.stdout!, "data")) as [Buffer];
    const block = said.toString("utf8");
    expect(block).toContain(`  ${platform} = {`);
    const address = new RegExp(`${setting} += "(.*)"`).exec(block)![1]!;
    const headers = { authorization: "another" };
    const { status } = await fetch(address + path, { headers });
    expect([401, 403]).toContain(status);
    running.kill("SIGTERM");
    expect(await once(running, "exit")).toEqual([0, null]);
  },
);

test("what is no platform with a stand-in is told those that are", async () => {
  running = spawn(process.execPath, [built, "hub"]);
  const [said] = (await once(running.stderr!, "data")) as [Buffer];
  expect(said.toString("utf8")).toContain("astro | datadog | pipes | upsolver");
  expect(await once(running, "exit")).toEqual([2, null]);
});

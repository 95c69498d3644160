import type { Value } from "../../model";
import { dynamic, type SimulatedCore } from "./core-fixture";
import {
  applied,
  attachment,
  connection,
  type Given,
  link,
  plain,
  setUp,
  stateOf,
  withPlaces,
} from "./declared-fixture";

/** When something in a link changes, what only is spelled otherwise is no part of what its deployment sees differently. */
describe("what a deployment sees keeps its spelling, value by value,", () => {
  const http = { base_url: "https://api.example.com", verify_tls: true };
  const seen = async (
    core: SimulatedCore,
    overrides: Value,
    more: Given = {},
  ) => {
    const { objects } = await core.plan([
      connection({ type: "http", config: dynamic(http), ...more }),
      attachment(),
      link({ overrides: dynamic(overrides) }),
    ]);
    return plain(objects.get("link.prod")!.planned!["effective"]);
  };

  let core: SimulatedCore;
  beforeEach(async () => {
    const made = setUp();
    core = made.core;
    await withPlaces(made.platform);
    await applied(core, [
      connection({ type: "http", config: dynamic(http) }),
      attachment(),
      link({
        overrides: dynamic({
          verify_tls: false,
          headers: { "X-Retries": 3, "X-Team": "data" },
          tags: ["a", "b"],
        }),
      }),
    ]);
  });
  // As the type prescribes it, however it was written.
  const before = {
    ...http,
    verify_tls: false,
    headers: { "X-Retries": "3", "X-Team": "data" },
    tags: ["a", "b"],
  };

  /** The same in other words. */
  const reworded = {
    verify_tls: "false",
    headers: { "X-Retries": "3", "X-Team": "data" },
    tags: ["b", "a"],
  };

  test("beside another field that changes", async () => {
    expect(plain(stateOf(core, "link.prod")["effective"])).toEqual(before);
    expect(
      await seen(core, { ...reworded, base_url: "https://b.test" }),
    ).toEqual({ ...before, base_url: "https://b.test" });
  });

  test("inside of a field of which another part changes", async () => {
    expect(
      await seen(core, {
        ...reworded,
        headers: { "X-Retries": 3, "X-Team": "science" },
      }),
    ).toEqual({
      ...before,
      headers: { "X-Retries": "3", "X-Team": "science" },
    });
  });

  test("where a part comes, and another goes", async () => {
    expect(
      await seen(core, {
        ...reworded,
        headers: { "X-Retries": 3, "X-Other": "new" },
      }),
    ).toEqual({ ...before, headers: { "X-Retries": "3", "X-Other": "new" } });
  });

  test("where the connection changes", async () => {
    expect(
      await seen(core, reworded, {
        config: dynamic({ ...http, base_url: "https://b.test" }),
      }),
    ).toEqual({ ...before, base_url: "https://b.test" });
  });
});

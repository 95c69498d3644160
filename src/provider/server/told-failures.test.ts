import { PatchbayError } from "../../diagnostics";
import { createMemoryPlatform, everyCapability } from "../../testing";
import { codesOf, SimulatedCore } from "./core-fixture";
import { applied, connection, coreOn } from "./declared-fixture";

const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
const declared = names.map((name) =>
  connection({ name }, `connection.${name}`),
);

test("the same failure of access of twelve objects is told once in full; the others refer to it, and the next run tells it again", async () => {
  const memory = createMemoryPlatform({
    organization: "acme",
    capabilities: everyCapability,
  });
  let isRefused = false;
  let requests = 0;
  const ask = <T>(answer: () => Promise<T>): Promise<T> =>
    isRefused
      ? Promise.reject(
          new PatchbayError({
            code: "forbidden",
            detail: `GET /v1/connections was refused (403, request id r${++requests}). The credential is valid but does not allow this.`,
          }),
        )
      : answer();
  const { connections } = memory;
  const core = coreOn({
    ...memory,
    connections: {
      ...connections,
      tryFind: (...given) => ask(() => connections.tryFind(...given)),
      list: (...given) => ask(() => connections.list!(...given)),
    },
  });
  await applied(core, declared);
  isRefused = true;
  const later = new SimulatedCore({
    platforms: core.context.environment.platforms,
    provider: { organization: "acme" },
    plansOnce: true,
  });
  for (const [address, object] of core.stored)
    later.stored.set(address, object);
  for (let run = 0; run < 2; run++) {
    const { diagnostics } = await later.plan(declared);
    expect(codesOf(diagnostics)).toEqual(names.map(() => "forbidden"));
    const full = diagnostics.filter(({ detail }) =>
      detail!.includes("does not allow this"),
    );
    expect(full).toHaveLength(1);
    expect(diagnostics[0]).toBe(full[0]);
    for (const { detail } of diagnostics.slice(1))
      expect(detail).toMatch(/^The same as the first "Permission denied"/);
  }
});

import { formatDiagnostic, PatchbayError, Secret } from "../../diagnostics";
import {
  astroLimits,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../../test/standins/astro";
import { astroDefinition } from "./definition";

const silent = { trace: () => {}, debug: () => {}, warn: () => {} };

function open(settings: Readonly<Record<string, string>>) {
  return astroDefinition.open({
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, text]) => [name, new Secret(text)]),
    ),
    organization: undefined,
    workingDirectory: "/",
    environment: {},
    log: silent,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error("it was not refused");
}

const complete = { organization_id: "o1", token: "geheim" };

test.each([
  [{ ...complete, organization_id: " " }, "missing_argument"],
  [{ ...complete, token: "" }, "missing_credential"],
  [{ ...complete, host: "http://api.example.com" }, "insecure_endpoint"],
] as const)("%j is refused with %s", async (settings, code) => {
  const error = await failureOf(open(settings));
  expect(error.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
    code,
  ]);
  expect(error.message).not.toContain("geheim");
});

test("a missing token names both ways to give it", async () => {
  const { message } = await failureOf(open({ organization_id: "o1" }));
  expect(message).toContain("ASTRO_API_TOKEN");
  expect(message).toContain("token = var.astro_token");
});

test("a wrong token is named with the host and both ways to give it, and not shown", async () => {
  const standin = await startAstroStandin();
  try {
    const platform = await open({
      organization_id: STANDIN_ORGANIZATION,
      token: "geheim",
      host: standin.url,
    });
    const owner = { kind: "workspace", name: "analytics" } as const;
    const error = await failureOf(platform.connections.list!(owner));
    const [diagnostic] = error.diagnostics;
    expect(diagnostic?.code).toBe("unauthorized");
    const text = formatDiagnostic(diagnostic!);
    expect(text).toContain(new URL(standin.url).host);
    expect(text).toContain("ASTRO_API_TOKEN");
    expect(text).not.toContain("geheim");
  } finally {
    await standin.close();
  }
});

test("Astro's rate limits are kept to, so that nothing is refused for them", async () => {
  const standin = await startAstroStandin({ limits: astroLimits });
  try {
    const platform = await open({
      organization_id: STANDIN_ORGANIZATION,
      token: STANDIN_TOKEN,
      host: standin.url,
    });
    const owner = { kind: "workspace", name: "analytics" } as const;
    const names = Array.from({ length: 14 }, (_, index) => `c${index}`);
    await Promise.all(
      names.map((name) =>
        platform.connections.create({
          owner,
          name,
          type: "astro:airbyte",
          config: { host: "airbyte.example.com" },
        }),
      ),
    );
    expect(standin.world.objects).toHaveLength(names.length);
    const refused = standin.requests().filter(({ status }) => status === 429);
    expect(refused).toEqual([]);
  } finally {
    await standin.close();
  }
});

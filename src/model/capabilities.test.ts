import {
  type Capabilities,
  type Feature,
  features,
  hasFeature,
  requireFeature,
  requireOwner,
  requireType,
} from "./capabilities";

const capabilities: Capabilities = {
  owners: ["organization", "workspace"],
  types: ["postgresql", "snowflake"],
  features: ["links"],
  instead: { attachments: "Link each deployment instead." },
};
const platform = { name: "astro", title: "Astro", capabilities };

test("what the platform has is no fault", () => {
  expect(hasFeature(platform, "links")).toBe(true);
  expect(requireFeature(platform, "links", [])).toEqual([]);
  expect(
    requireOwner(platform, { kind: "organization", name: "acme" }, []),
  ).toEqual([]);
  expect(requireType(platform, "postgresql", [])).toEqual([]);
  expect(requireType(platform, "astro:airbyte", [])).toEqual([]);
  expect(
    requireType(
      { ...platform, capabilities: { ...capabilities, types: "all" } },
      "kafka",
      [],
    ),
  ).toEqual([]);
});

test("a missing feature is told with what to do instead, where there is something", () => {
  expect(requireFeature(platform, "attachments", ["x"])).toMatchObject([
    {
      code: "unsupported",
      severity: "error",
      path: ["x"],
      detail:
        "Astro has no support for workspace attachments. Link each deployment instead.",
    },
  ]);
  expect(requireFeature(platform, "verify", [])[0]!.detail).toBe(
    "Astro has no support for connection tests. Remove it.",
  );
});

test.each<Feature>([...features])(
  "the feature %s has words of its own",
  (feature) => {
    const [fault] = requireFeature(
      { ...platform, capabilities: { ...capabilities, features: [] } },
      feature,
      [],
    );
    expect(fault!.detail).not.toContain("_");
    expect(fault!.detail).not.toContain("undefined");
  },
);

test("an owner that may have no connections is answered with those that may", () => {
  expect(
    requireOwner(platform, { kind: "user", name: "jane" }, ["owner"]),
  ).toMatchObject([
    {
      code: "unsupported",
      path: ["owner"],
      detail: expect.stringMatching(
        /user\/jane.*organization, workspace/,
      ) as string,
    },
  ]);
});

test.each([
  ["kafka", /It has: postgresql, snowflake; .*"astro:TYPE"/],
  [
    "pipes:github",
    /native type of the platform "pipes".*manages Astro.*"astro:"/,
  ],
])("the type %s is refused with what there is", (type, detail) => {
  expect(requireType(platform, type, ["type"])).toMatchObject([
    {
      code: "unsupported",
      path: ["type"],
      detail: expect.stringMatching(detail) as string,
    },
  ]);
});

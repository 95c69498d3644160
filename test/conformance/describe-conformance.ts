import {
  platformDefinitions,
  type PlatformName,
} from "../../src/platforms/registry";
import { describePlatform } from "../../src/testing";
import { conformanceModules } from "./subjects";

/** Registers the conformance suite for everything that stands for a platform. */
export function describeConformance(name: PlatformName): void {
  const { subjects, close } = conformanceModules[name]();
  const definition = platformDefinitions.find((one) => one.name === name);

  test(`${name} is tested with all that it can do`, () => {
    expect(subjects.map(({ capabilities }) => capabilities)).toContainEqual(
      definition!.capabilities,
    );
  });

  for (const subject of subjects) describePlatform(subject);
  if (close) afterAll(close);
}

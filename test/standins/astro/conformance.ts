/** Where the documents leave open what Astro does, the adapter passes with either. */
import type { Feature } from "../../../src/model";
import { astroIdentity } from "../../../src/platforms/astro/capabilities";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import {
  astroExpectations,
  astroSnowflakeExpectations,
} from "./astro-expectations";
import { type AstroStandinOptions, startAstroStandin } from "./astro-standin";
import { idOf } from "./astro-world";
import { openAt } from "./open-adapter";

const { capabilities } = astroIdentity;

/** What a connection that a deployment owns cannot do. */
const workspaceFeatures: readonly Feature[] = [
  "links",
  "overrides",
  "override_secrets",
  "auto_link",
  "usage",
];

const standinWith = (options: AstroStandinOptions) =>
  onStandin({
    start: () => startAstroStandin(options),
    connect: ({ url }) => openAt(url),
  }).members;

export const subjects: readonly ConformanceSubject[] = [
  {
    ...standinWith({}),
    name: "astro",
    capabilities,
    expectations: astroExpectations,
  },
  {
    ...standinWith({
      behaviour: { masked: "empty", refusesDuplicates: false },
    }),
    name: "astro that shows secrets as empty texts and takes any name twice",
    capabilities,
    expectations: astroExpectations,
  },
  {
    ...onStandin({
      start: () => startAstroStandin(),
      connect: ({ url }) => ({
        ...openAt(url),
        links: undefined,
        usage: undefined,
      }),
    }).members,
    name: "astro, Snowflake connections of a deployment",
    capabilities: {
      ...capabilities,
      features: capabilities.features.filter(
        (feature) => !workspaceFeatures.includes(feature),
      ),
    },
    expectations: astroSnowflakeExpectations(idOf("d", 1)),
  },
];

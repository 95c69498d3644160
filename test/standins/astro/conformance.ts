/** Where the documents leave open what Astro does, the adapter passes with either. */
import type { Feature } from "../../../src/model";
import { astroIdentity } from "../../../src/platforms/astro/capabilities";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import {
  astroExpectations,
  astroSnowflakeExpectations,
} from "./astro-expectations";
import {
  type AstroStandin,
  type AstroStandinOptions,
  startAstroStandin,
} from "./astro-standin";
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

const standinWith = (
  options: AstroStandinOptions,
  prepare: (standin: AstroStandin) => void = () => {},
) =>
  onStandin({
    start: async () => {
      const standin = await startAstroStandin(options);
      prepare(standin);
      return standin;
    },
    connect: ({ url }) => openAt(url),
  }).members;

/** Objects of other types, which share the listing with connections in a real organization. */
function addOthers({ world, add }: AstroStandin): void {
  const [{ id: scopeEntityId } = { id: "" }] = world.workspaces;
  for (const objectType of ["AIRFLOW_VARIABLE", "ENVIRONMENT_VARIABLE"])
    add({
      objectType,
      objectKey: "region",
      scopeEntityId,
      connection: {},
      content: { value: "eu", isSecret: false },
    });
}

export const subjects: readonly ConformanceSubject[] = [
  {
    ...standinWith({}),
    name: "astro",
    capabilities,
    expectations: astroExpectations,
  },
  {
    ...standinWith(
      {
        behaviour: {
          masked: "empty",
          refusesDuplicates: false,
          omittedLinks: "removed",
          showSecrets: "shown",
        },
      },
      addOthers,
    ),
    name: "astro that shows secrets as empty texts, takes any name twice, takes omitted links away and has objects of other types",
    capabilities,
    expectations: astroExpectations,
  },
  {
    ...standinWith({ behaviour: { extra: "hidden" } }),
    name: "astro that does not show extra",
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

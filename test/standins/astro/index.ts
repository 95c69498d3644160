/**
 * A stand-in of Astro's API: environment objects, workspaces and deployments, as
 * shared/platforms/astro.md says that they behave. Knows nothing of Patchbay but
 * what the conformance suite expects of its adapter: astro-expectations.ts and
 * conformance.ts.
 */
export {
  astroLimits,
  type AstroStandin,
  type AstroStandinOptions,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro-standin";
export { type AstroBehaviour, idOf } from "./astro-world";
export { openAt, openWithStandin } from "./open-adapter";

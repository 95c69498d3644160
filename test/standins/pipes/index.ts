/**
 * The stand-in of Turbot Pipes, and what its document leaves out. No behaviour
 * of the adapter belongs here, but for what the conformance suite expects of it:
 * pipes-expectations.ts and conformance.ts.
 */
export {
  failingWith,
  type PipesBehaviour,
  PIPES_TOKEN,
  type PipesStandin,
  type PipesStandinOptions,
  startPipesStandin,
} from "./pipes-standin";
export { PIPES_DOCUMENT, pipesContractOptions } from "./pipes-contract";

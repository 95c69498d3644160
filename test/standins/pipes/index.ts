/**
 * The stand-in of Turbot Pipes, what the conformance suite expects of it, and
 * what its document leaves out. No behaviour of the adapter belongs here.
 */
export {
  type PipesBehaviour,
  PIPES_TOKEN,
  type PipesStandin,
  type PipesStandinOptions,
  startPipesStandin,
} from "./pipes-standin";
export { PIPES_DOCUMENT, pipesContractOptions } from "./pipes-contract";
export {
  pipesExpectations,
  pipesSnowflakeExpectations,
} from "./pipes-expectations";
export { secretKeys } from "./pipes-answers";

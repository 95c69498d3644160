/**
 * Between the catalogue's fields and those of Pipes' plugins: one file for each
 * type of the catalogue that a plugin can hold truthfully, and native types,
 * whose fields pass as they are. No calls, and nothing but fields.
 */
export type { PipesFields } from "./pipes-type";
export { shortPlugin } from "./plugin-name";
export { setFields } from "./set-fields";
export { shownAs, type StoredConnection } from "./shown";
export {
  configOf,
  pathInPlugin,
  type PipesSettings,
  pluginOf,
  removedSecrets,
  toPipes,
  typeFaults,
} from "./translation";

import type { PlatformRules } from "../../model";
import { pluginOf, setFields, shownAs, type StoredConnection } from "./types";

/** What Turbot Pipes answers without being asked. */
export const pipesRules: PlatformRules = {
  storedType: pluginOf,
  setFields,
  shown: (stored, known) => shownAs(stored.reveal() as StoredConnection, known),
};

import {
  isObject,
  type JsonObject,
  objectOf,
  type PlatformRules,
} from "../../model";
import { updateFaults } from "./connection-edit";
import { shownConnection, shownLink } from "./observed";
import { storedTypeOf } from "./types/translation";

/** What Astro answers without being asked. */
export const astroRules: PlatformRules = {
  storedType: (type, config) =>
    storedTypeOf(
      type,
      isObject(config) ? (config as JsonObject) : objectOf([]),
    ),
  checkUpdate: updateFaults,
  shown: shownConnection,
  shownLink,
};

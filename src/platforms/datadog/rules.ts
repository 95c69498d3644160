import type { Diagnostic, Secret } from "../../diagnostics";
import {
  type Connection,
  isObject,
  type JsonObject,
  type KnownAs,
  objectOf,
  type PlatformRules,
} from "../../model";
import { datadogIdentity } from "./capabilities";
import { shownConnection } from "./observed";
import {
  storedTypeOf,
  translationOf,
  tryTranslationOfShown,
} from "./types/types";

/** What Datadog answers without being asked. */
export const datadogRules: PlatformRules = {
  storedType: (type, config) =>
    storedTypeOf(
      type,
      isObject(config) ? (config as JsonObject) : objectOf([]),
    ),
  // Of http the schema says so.
  setFields: (type) =>
    type.startsWith(`${datadogIdentity.name}:`) ? ["tags"] : [],
  checkUpdate: updateFaults,
  shown: shownConnection,
};

/** What stands in the way among what is there and stays. */
function updateFaults(
  { type, config, secrets }: Connection,
  stored: Secret<unknown>,
  { secretFields }: KnownAs,
): readonly Diagnostic[] {
  const attributes = stored.reveal() as JsonObject;
  const translation = translationOf(type);
  if (
    !translation.ok ||
    tryTranslationOfShown(attributes) !== translation.value
  )
    return [];
  return translation.value.checkChange(
    { config, secrets: secrets?.reveal() },
    { attributes, secretFields },
  );
}

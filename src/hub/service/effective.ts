import { Secret } from "../../diagnostics";
import {
  effective,
  type JsonObject,
  leafPaths,
  objectOf,
  overriddenFields,
} from "../../model";
import type {
  EffectiveConnection,
  EffectiveConnectionWithSecrets,
} from "../effective-connection";
import type { VisibleConnectionRow } from "../store/store";
import type { HubContext } from "./context";
import { observedConnection } from "./observed";
import { unsealFields } from "./sealed-fields";

/** A connection as the deployment sees it, its secrets only by name. */
export function effectiveConnection(
  context: HubContext,
  visible: VisibleConnectionRow,
): EffectiveConnection {
  const { secrets: _, ...rest } = effectiveConnectionWithSecrets(
    context,
    visible,
  );
  return rest;
}

export function effectiveConnectionWithSecrets(
  context: HubContext,
  { connection, link, owned }: VisibleConnectionRow,
): EffectiveConnectionWithSecrets {
  const { owner, name, type, description, config } =
    observedConnection(connection);
  const overrides = link
    ? (JSON.parse(link.overrides_json) as JsonObject)
    : objectOf<never>([]);
  const overrideSecrets = link
    ? unsealFields(context, link.id, link)
    : objectOf<never>([]);
  const secrets = effective(
    unsealFields(context, connection.id, connection),
    overrideSecrets,
  );
  return {
    connection: { owner, name },
    type,
    description,
    config: effective(config, overrides),
    secrets: new Secret(secrets),
    secretFields: leafPaths(secrets),
    overriddenFields: [
      ...overriddenFields(overrides),
      ...overriddenFields(overrideSecrets),
    ].sort(),
    through: link ? "link" : owned ? "owner" : "auto_link",
  };
}

/** Where in a declaration the plain and the secret fields stand. */
export interface Places {
  readonly plain: string;
  readonly secret: string;
  /** What to call the place for secrets when one is told to use it. */
  readonly secretHint: string;
  /** How a field of the connection is removed here, as a further sentence; empty where leaving it out does. */
  readonly removalHint: string;
}

/** A connection's fields. */
export function placesOfFields(
  secretsPath: "secrets" | "secrets_wo",
  secretHint = "secrets (stored in the state) or secrets_wo (never stored)",
): Places {
  return {
    plain: "config",
    secret: secretsPath,
    secretHint,
    removalHint: "",
  };
}

/** A link's overrides. */
export function placesOfOverrides(
  secretsPath: "override_secrets" | "override_secrets_wo" | "overrideSecrets",
  secretHint = "override_secrets (stored in the state) or override_secrets_wo (never stored)",
): Places {
  return {
    plain: "overrides",
    secret: secretsPath,
    secretHint,
    removalHint:
      " A null here removes a field of the connection for this deployment.",
  };
}

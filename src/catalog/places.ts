/** Where in a declaration the plain and the secret fields stand. */
export interface Places {
  readonly plain: string;
  readonly secret: string;
  /** What to call the place for secrets when one is told to use it. */
  readonly secretHint: string;
}

/** A connection's fields. */
export function placesOfFields(secretsPath: "secrets" | "secrets_wo"): Places {
  return {
    plain: "config",
    secret: secretsPath,
    secretHint: "secrets (stored in the state) or secrets_wo (never stored)",
  };
}

/** A link's overrides. */
export function placesOfOverrides(
  secretsPath: "override_secrets" | "override_secrets_wo",
): Places {
  return {
    plain: "overrides",
    secret: secretsPath,
    secretHint:
      "override_secrets (stored in the state) or override_secrets_wo (never stored)",
  };
}

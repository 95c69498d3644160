/**
 * Fields of plugins that Pipes takes for secrets and never gives back. It does
 * not publish which they are; these were marked so by the vendor's own provider
 * before it took free-form configurations. Whatever else is given under secrets
 * is a secret, too.
 */
export const secretNames: ReadonlySet<string> = new Set([
  "api_key",
  "bearer_token",
  "client_secret",
  "credentials",
  "password",
  "private_key",
  "secret_key",
  "session_token",
  "token",
]);

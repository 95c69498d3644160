/**
 * What core and provider say to each other before gRPC: environment variables one way, one line on stdout the other.
 * Pure: the environment comes in, the decision and the line go out.
 */
export type PluginEnvironment = Readonly<Record<string, string | undefined>>;

/** The same in Terraform and OpenTofu. No secret: it tells a plugin from a program that somebody started by hand. */
export const MAGIC_COOKIE_KEY = "TF_PLUGIN_MAGIC_COOKIE";
export const MAGIC_COOKIE_VALUE =
  "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

const CORE_PROTOCOL = 1;
export const APP_PROTOCOL = 6;

export type HandshakeDecision =
  /** Go on. `clientCertificate` is absent when core does without TLS. */
  | { readonly kind: "serve"; readonly clientCertificate?: string }
  /** Print the hint to stderr and exit with 1. */
  | { readonly kind: "refuse"; readonly hint: string };

export function decideHandshake(env: PluginEnvironment): HandshakeDecision {
  if (env[MAGIC_COOKIE_KEY] !== MAGIC_COOKIE_VALUE) {
    return {
      kind: "refuse",
      hint: "This is a Terraform provider: terraform and tofu start it themselves, it is not meant to be run by hand.",
    };
  }
  // An absent list means a client from before versions were negotiated; it will check the line itself.
  const versions = env.PLUGIN_PROTOCOL_VERSIONS?.split(",").map((version) =>
    version.trim(),
  );
  if (versions !== undefined && !versions.includes(String(APP_PROTOCOL))) {
    return {
      kind: "refuse",
      hint: `This provider speaks plugin protocol ${APP_PROTOCOL}, which this Terraform does not offer: use Terraform 1.0, OpenTofu 1.6 or newer.`,
    };
  }
  const certificate = env.PLUGIN_CLIENT_CERT;
  return certificate
    ? { kind: "serve", clientCertificate: certificate }
    : { kind: "serve" };
}

export interface ListenAddress {
  readonly network: "unix" | "tcp";
  /** A socket path, or host:port. */
  readonly address: string;
}

/** The line, without its newline. Nothing may be printed to stdout before it. */
export function handshakeLine(
  { network, address }: ListenAddress,
  certDerBase64WithoutPadding = "",
): string {
  return [
    CORE_PROTOCOL,
    APP_PROTOCOL,
    network,
    address,
    "grpc",
    certDerBase64WithoutPadding,
  ].join("|");
}

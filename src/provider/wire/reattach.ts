/**
 * Debugging: the provider runs on its own, say under a debugger, and core is told where to find it. Core then connects
 * in plaintext, and neither starts nor stops it; one process serves walk after walk.
 */
import { APP_PROTOCOL, type ListenAddress } from "./handshake";

export interface ReattachOptions {
  /** As in `required_providers`: `registry.terraform.io/patchbay/patchbay`. */
  readonly providerAddress: string;
  readonly pid: number;
}

/** The value of TF_REATTACH_PROVIDERS. */
export function reattachValue(
  { providerAddress, pid }: ReattachOptions,
  { network, address }: ListenAddress,
): string {
  return JSON.stringify({
    [providerAddress]: {
      Protocol: "grpc",
      ProtocolVersion: APP_PROTOCOL,
      Pid: pid,
      Test: true, // core leaves the process alone
      Addr: { Network: network, String: address },
    },
  });
}

/** Ready to be pasted into a POSIX shell. */
export function reattachLine(
  options: ReattachOptions,
  address: ListenAddress,
): string {
  return `TF_REATTACH_PROVIDERS='${reattachValue(options, address).replaceAll("'", "'\\''")}'`;
}

/** Everything that a command gets from outside; commands do not touch the process themselves. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths on the command line start here. */
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly machine: () => Machine;
  /** The folder with the provider's executable, as built into this package. */
  readonly providerDirectory: string;
  /** The path of an installed file of another package; undefined where it is not installed. */
  readonly findModule: (name: string) => string | undefined;
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Settles when the user or the system asks the command to end. */
  readonly stopRequested: () => Promise<void>;
}

/** What a program is built for, in Node's words. */
export interface Machine {
  /** `linux`, `darwin`, `win32` */
  readonly operatingSystem: string;
  /** `x64`, `arm64` */
  readonly architecture: string;
  /** The C library of Linux systems; elsewhere without meaning. */
  readonly libc: "glibc" | "musl";
}

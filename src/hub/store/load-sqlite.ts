import Module from "node:module";

/** The part of the `libsql` package that the store uses. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  close(): void;
}

export interface SqliteStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  run(parameters: readonly unknown[]): { readonly changes: number };
  all(parameters: readonly unknown[]): readonly unknown[];
}

export type SqliteConstructor = new (
  path: string,
  options: { readonly timeout: number },
) => SqliteDatabase;

/** Node's resolution of module names; semi-public, and what every loader hook relies on. */
interface ModuleResolution {
  _resolveFilename(request: string, ...rest: readonly unknown[]): string;
}

/**
 * Loads SQLite, whose native part is a package of its own per operating system
 * (`@libsql/linux-x64-gnu`, …). A bundled program has no node_modules to find it
 * in: it gives the path of the `.node` file that it carries, and for the moment
 * of loading that name resolves to this path.
 */
export function loadSqlite(
  nativeBinding: string | undefined,
): SqliteConstructor {
  if (nativeBinding === undefined) return requireSqlite();
  const resolution = Module as unknown as ModuleResolution;
  const resolve = resolution._resolveFilename;
  resolution._resolveFilename = (request, ...rest) =>
    request.startsWith("@libsql/")
      ? nativeBinding
      : resolve.call(Module, request, ...rest);
  try {
    return requireSqlite();
  } finally {
    resolution._resolveFilename = resolve;
  }
}

function requireSqlite(): SqliteConstructor {
  // Not an import: a bundle shall evaluate it only here.
  return require("libsql") as SqliteConstructor;
}

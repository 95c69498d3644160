import {
  type Connection,
  formatConnectionKey,
  formatLinkKey,
  type KnownAs,
  leafPaths,
  type Link,
  objectOf,
  type ObservedConnection,
  type ObservedLink,
  type Platform,
  type WriteOptions,
} from "../../model";

/** What was declared so far, by natural key. */
export type DeclaredSoFar = Map<string, KnownAs>;

/**
 * The platform as every door sees it: what is stored is shown as what was
 * declared last. Platforms that keep the declared type are passed as they are.
 */
export function asDeclared(
  platform: Platform,
  declared: DeclaredSoFar,
): Platform {
  const { rules, connections, links } = platform;
  if (rules?.shown === undefined) return platform;
  const shown = (read: ObservedConnection): ObservedConnection => ({
    ...read,
    ...(read.stored === undefined
      ? {}
      : rules.shown!(read.stored, declared.get(formatConnectionKey(read)))),
  });
  const shownLink = (read: ObservedLink): ObservedLink => ({
    ...read,
    ...(read.stored === undefined
      ? {}
      : rules.shownLink?.(read.stored, linkAs(read, declared))),
  });
  const note = (connection: Connection) => {
    const id = formatConnectionKey(connection);
    declared.set(id, knownOf(connection, declared.get(id)));
  };
  const noteLink = (link: Link) => {
    const id = formatLinkKey(link);
    declared.set(id, knownOfLink(link, declared.get(id)));
  };
  return {
    ...platform,
    connections: over(connections, {
      ...(connections.list && {
        list: async (owner, options) =>
          (await connections.list!(owner, options)).map(shown),
      }),
      tryFind: async (key, options) => {
        const read = await connections.tryFind(key, options);
        return read && shown(read);
      },
      create: async (connection, options) => {
        const made = await connections.create(connection, options);
        note(connection);
        return shown(made);
      },
      update: async (key, connection, options) => {
        const known = declared.get(formatConnectionKey(key));
        const made = await connections.update(key, connection, {
          ...options,
          known,
        });
        note(connection);
        return shown(made);
      },
    }),
    ...(links && {
      links: over(links, {
        list: async (owner, options) =>
          (await links.list(owner, options)).map(shownLink),
        tryFind: async (key, options) => {
          const read = await links.tryFind(key, options);
          return read && shownLink(read);
        },
        create: async (link, options) => {
          const made = await links.create(link, {
            ...options,
            known: linkAs(link, declared),
          });
          noteLink(link);
          return shownLink(made);
        },
        update: async (link, options?: WriteOptions) => {
          const made = await links.update(link, {
            ...options,
            known: linkAs(link, declared),
          });
          noteLink(link);
          return shownLink(made);
        },
      }),
    }),
  };
}

/** An object with some of its methods in place of its own. */
function over<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return methods[name as keyof T];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function"
        ? (value.bind(target) as unknown)
        : value;
    },
  });
}

function knownOf(
  { type, config, secrets }: Connection,
  before: KnownAs | undefined,
): KnownAs {
  return {
    type,
    config,
    secretFields:
      secrets === undefined
        ? (before?.secretFields ?? [])
        : leafPaths(secrets.reveal()),
  };
}

function knownOfLink(
  { overrides, overrideSecrets }: Link,
  before: KnownAs | undefined,
): KnownAs {
  return {
    type: undefined,
    config: overrides,
    secretFields:
      overrideSecrets === undefined
        ? (before?.secretFields ?? [])
        : leafPaths(overrideSecrets.reveal()),
  };
}

/** As a door knows a link: in the words of its connection's type. */
function linkAs(
  key: Pick<Link, "connection" | "deployment">,
  declared: DeclaredSoFar,
): KnownAs {
  const known = declared.get(formatLinkKey(key));
  return {
    config: known?.config ?? objectOf([]),
    secretFields: known?.secretFields ?? [],
    type: declared.get(formatConnectionKey(key.connection))?.type,
  };
}

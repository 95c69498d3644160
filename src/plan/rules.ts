import type {
  ConnectionPort,
  LinkPort,
  Platform,
  PlatformDefinition,
  PlatformIdentity,
} from "../model";
import {
  replacingPaths,
  type ReplacementFacts,
} from "./connection/replacement";

/**
 * What planning needs to know of a platform: its capabilities, and what it
 * answers without being asked anything over the network. Undefined, where it is
 * handed in, while not even the platform is known: then nothing is said that
 * depends on it.
 */
export interface Rules extends PlatformIdentity {
  /** As in native types: `astro`. */
  readonly name: string;
  /** Whether an owner has a name of a connection once; undefined before the platform is opened. */
  readonly namesAreUnique?: boolean;
  /** What it cannot hold of a connection. @default everything is held, as far as can be told before it is opened */
  readonly checkConnection?: NonNullable<ConnectionPort["check"]>;
  /** What no deployment can see differently. @default see `checkConnection` */
  readonly checkLink?: NonNullable<LinkPort["check"]>;
  /** The arguments whose change takes a new connection, as paths; empty where an update does. */
  readonly replacedBy: (
    before: ReplacementFacts,
    after: ReplacementFacts,
  ) => readonly (readonly string[])[];
}

/** The rules of a platform: of one that is not opened yet, those that its capabilities tell. */
export function rulesOf(platform: Platform | PlatformDefinition): Rules {
  const { name, title, capabilities } = platform;
  const identity = { name, title, capabilities };
  const opened = "connections" in platform ? platform : undefined;
  const checkConnection = opened?.connections.check;
  const checkLink = opened?.links?.check;
  return {
    ...identity,
    ...(opened === undefined
      ? {}
      : {
          namesAreUnique: opened.connections.tryFindByPlatformId === undefined,
        }),
    ...(checkConnection === undefined
      ? {}
      : {
          checkConnection: (connection) =>
            checkConnection.call(opened!.connections, connection),
        }),
    ...(checkLink === undefined
      ? {}
      : {
          checkLink: (link, parent) =>
            checkLink.call(opened!.links, link, parent),
        }),
    replacedBy: (before, after) => replacingPaths(before, after, identity),
  };
}

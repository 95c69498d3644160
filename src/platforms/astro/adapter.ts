import type { Secret } from "../../diagnostics";
import type { HttpHeaders, Time } from "../../http";
import type { Log, Platform } from "../../model";
import { astroIdentity } from "./capabilities";
import { AstroClient, type AstroClientOptions } from "./client";
import { connectionPortOf } from "./connections";
import { inventoryPortOf } from "./inventory";
import { linkPortOf } from "./links";
import { astroRules } from "./rules";
import { AstroObjects } from "./objects";
import { usagePortOf } from "./usage";

export interface AstroAdapterOptions {
  /** `https://api.astronomer.io`, without the version. */
  readonly host: string;
  readonly organizationId: string;
  readonly token: Secret;
  /** Sent with every request. @default none */
  readonly ownHeaders?: HttpHeaders;
  readonly log?: Log;
  /** For HTTPS_PROXY and NO_PROXY. @default no proxy */
  readonly environment?: AstroClientOptions["environment"];
  /** @default the system's clock */
  readonly time?: Time;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
  /** For tests. */
  readonly http?: AstroClientOptions["http"];
}

/** The port over Astro's API. Opens nothing until the first call. */
export function createAstroAdapter(options: AstroAdapterOptions): Platform {
  const { time, random, http } = options;
  const client = new AstroClient({
    ...options,
    http: { ...(time && { time }), ...(random && { random }), ...http },
  });
  const objects = new AstroObjects({ client, time, random });
  return {
    ...astroIdentity,
    rules: astroRules,
    connections: connectionPortOf(objects),
    links: linkPortOf(objects),
    usage: usagePortOf(objects),
    inventory: inventoryPortOf(client),
    close: () => Promise.resolve(),
  };
}

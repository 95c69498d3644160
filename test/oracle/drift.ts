import {
  type Connection,
  type ConnectionKey,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  objectOf,
  parseAttachmentKey,
  parseConnectionKey,
  parseLinkKey,
  type Checked,
} from "../../src/model";
import { Secret } from "../../src/diagnostics";
import type { Ground } from "./grounds/ground";
import { normal } from "./meaning";
import {
  type DeclaredConnection,
  type Drift,
  keyOf,
  settledParts,
  thingAt,
  type World,
} from "./world";

/** What somebody else does, through a client of their own. */
export async function driftOn(
  ground: Ground,
  world: World,
  drift: Drift,
): Promise<void> {
  const thing = thingAt(world.before, drift.address)!;
  const key = keyOf(thing, world.before, world.organization);
  const { connections, attachments, links } = ground.platform;
  const platformId = ground.view().get(`${thing.kind} ${key}`)?.id;
  if (thing.kind === "attachment") {
    await attachments!.delete(known(parseAttachmentKey(key)));
    return;
  }
  if (thing.kind === "link") {
    const linkKey = known(parseLinkKey(key));
    if (drift.does === "override")
      await links!.update({ ...linkKey, overrides: drift.overrides });
    else await links!.delete(linkKey);
    return;
  }
  if (thing.kind !== "connection") return;
  const connectionKey = known(parseConnectionKey(key));
  if (drift.does === "delete") {
    await connections.delete(connectionKey, { platformId });
    return;
  }
  const there = await asItIs(ground, thing, connectionKey, platformId);
  await connections.update(connectionKey, changed(there, drift), {
    platformId,
    secretFields: there.known.secretFields,
    known: there.known,
  });
}

/** The connection as it is there, to be changed in one thing. */
async function asItIs(
  ground: Ground,
  thing: DeclaredConnection,
  key: ConnectionKey,
  platformId: string | undefined,
): Promise<Connection & { readonly known: KnownAs }> {
  const { connections, rules } = ground.platform;
  const there = (await connections.tryFind(key, { platformId }))!;
  const known = {
    type: String(settledParts(thing.type)),
    config: objectOf<JsonValue>([]),
    secretFields: there.secretFields ?? [],
  };
  const shown =
    there.stored === undefined
      ? undefined
      : rules?.shown?.(there.stored, known);
  const { type, config } = shown ?? there;
  const { description, autoLink, autoLinkExcept } = there;
  return {
    ...key,
    known: { ...known, config },
    type,
    description,
    config,
    autoLink,
    autoLinkExcept,
    // Some settings are only changed together with secrets.
    secrets:
      thing.secrets === undefined
        ? undefined
        : new Secret(settledParts(thing.secrets.value) as JsonObject),
  };
}

function changed(connection: Connection, drift: Drift): Connection {
  switch (drift.does) {
    case "describe":
      return { ...connection, description: drift.description };
    case "configure":
      return {
        ...connection,
        config: normal(connection.type, drift.config),
      };
    case "keep_secrets":
      return { ...connection, secrets: new Secret(drift.secrets) };
    case "share":
      return { ...connection, access: drift.access };
    case "delete":
    case "override":
      throw new Error("that is not done to a connection");
  }
}

function known<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new Error("a world has a key that is none");
}

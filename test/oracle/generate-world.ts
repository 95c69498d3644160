/**
 * Makes worlds: always the same ones of the same seed. What is declared after is
 * made of what is declared before by edits, so that most of it stays and every
 * kind of change is there. Names are of few, and belong to one address each.
 */
import {
  type Capabilities,
  fieldOf,
  type JsonObject,
  type JsonValue,
} from "../../src/model";
import type { Random } from "./random";
import {
  type OwnerWords,
  type PlatformWords,
  type TypeWords,
  workspaceOf,
} from "./vocabulary";
import {
  type DeclaredAttachment,
  type DeclaredConnection,
  type DeclaredLink,
  type DeclaredPlace,
  type DeclaredSecrets,
  type DeclaredThing,
  type Drift,
  Later,
  type Parts,
  settledParts,
  settledValue,
  type World,
} from "./world";
import { ORGANIZATION } from "./grounds/ground";

/** A connection as declared, and the words that it was made of. */
interface Made {
  readonly connection: DeclaredConnection;
  readonly owner: OwnerWords;
  readonly words: TypeWords;
  readonly attachments: readonly DeclaredAttachment[];
  readonly links: readonly DeclaredLink[];
}

export interface WorldOptions {
  readonly number: number;
  readonly words: PlatformWords;
  readonly capabilities: Capabilities;
  readonly random: Random;
}

const SLOTS = 5;

export function generateWorld(options: WorldOptions): World {
  return new WorldMaker(options).make();
}

class WorldMaker {
  readonly #options: WorldOptions;
  readonly #random: Random;
  readonly #words: PlatformWords;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#random = options.random;
    this.#words = options.words;
  }

  make(): World {
    const random = this.#random;
    const { number, words } = this.#options;
    const slots = random
      .shuffled(Array.from({ length: SLOTS }, (_, index) => index))
      .slice(0, random.whole(2, 3));
    const before = slots.map((slot) => this.#newConnection(slot));
    const places = words.places ? this.#newPlaces() : [];
    const calm = random.chance(0.12);
    const after = calm
      ? before.map((made) => this.#respelled(made))
      : this.#edited(before);
    const placesAfter =
      calm || !words.places ? places : this.#editedPlaces(places);
    const drift = random.chance(0.35) ? this.#drift(before) : [];
    return {
      number,
      platform: words.platform,
      organization: ORGANIZATION,
      before: thingsOf(places, before),
      drift,
      after: thingsOf(placesAfter, after),
    };
  }

  // Places

  #newPlaces(): readonly DeclaredPlace[] {
    const random = this.#random;
    const workspaces = random
      .some(["ops", "lab"], 0.5)
      .map((name): DeclaredPlace => this.#workspace(name));
    const deployments = random
      .some(["blue", "green"], 0.4)
      .map((name) => this.#deployment(name, workspaces));
    return [...workspaces, ...deployments];
  }

  #workspace(slot: string): DeclaredPlace {
    const random = this.#random;
    return {
      kind: "workspace",
      address: `workspace.${slot}`,
      name: random.pick([`w-${slot}`, `w-${slot}-2`]),
      owner: random.pick([undefined, "organization/acme"]),
    };
  }

  #deployment(
    slot: string,
    workspaces: readonly DeclaredPlace[],
  ): DeclaredPlace {
    const random = this.#random;
    const names = workspaces.map(({ name }) => settledValue(name));
    return {
      kind: "deployment",
      address: `deployment.${slot}`,
      name: random.pick([`d-${slot}`, `d-${slot}-2`]),
      owner: random.pick([undefined, "organization/acme"]),
      workspace: random.pick([...names, "analytics", "science"]),
    };
  }

  #editedPlaces(places: readonly DeclaredPlace[]): readonly DeclaredPlace[] {
    const random = this.#random;
    const heldBefore = places.map(({ workspace }) => workspace);
    const workspaces = ["ops", "lab"].flatMap((slot): DeclaredPlace[] => {
      const there = places.find(
        ({ address }) => address === `workspace.${slot}`,
      );
      if (there === undefined)
        return random.chance(0.2) ? [this.#workspace(slot)] : [];
      if (heldBefore.includes(settledValue(there.name))) return [there];
      const fate = random.next();
      if (fate < 0.2) return [];
      if (fate < 0.35) return [this.#workspace(slot)];
      if (fate < 0.45) return [{ ...there, recreate: true }];
      if (fate < 0.55) return [later(there, "name")];
      return [there];
    });
    const deployments = ["blue", "green"].flatMap((slot): DeclaredPlace[] => {
      const there = places.find(
        ({ address }) => address === `deployment.${slot}`,
      );
      if (there === undefined)
        return random.chance(0.2) ? [this.#deployment(slot, [])] : [];
      const fate = random.next();
      if (fate < 0.2) return [];
      if (fate < 0.3) return [this.#deployment(slot, [])];
      if (fate < 0.4)
        return [
          {
            ...there,
            workspace: random.pickOther(
              ["analytics", "science"],
              there.workspace ?? "",
            ),
          },
        ];
      if (fate < 0.5) return [{ ...there, recreate: true }];
      if (fate < 0.6) return [later(there, "name")];
      return [there];
    });
    return [...workspaces, ...deployments];
  }

  // Connections

  #newConnection(slot: number): Made {
    const random = this.#random;
    const owner = random.pick(this.#words.owners);
    const words = random.pick(this.#words.types);
    const secrets =
      !words.secretsOptional || random.chance(0.7)
        ? this.#secrets(words.secrets)
        : undefined;
    const connection = this.#ofOwner(
      {
        kind: "connection",
        address: `connection.c${slot}`,
        name: random.pick(namesOf(slot)),
        type: words.type,
        description: this.#description(),
        config: this.#config(words, secrets),
        secrets,
        verify: random.chance(0.2) ? "off" : undefined,
        deletionProtection: random.chance(0.12) ? true : undefined,
      },
      owner,
    );
    const made: Made = { connection, owner, words, attachments: [], links: [] };
    return this.#withChildren(made, made);
  }

  /** What an owner allows. */
  #ofOwner(connection: DeclaredConnection, owner: OwnerWords) {
    const random = this.#random;
    const autoLink = owner.autoLink && random.chance(0.4) ? true : undefined;
    return {
      ...connection,
      owner: owner.owner,
      autoLink: autoLink ?? random.pick([undefined, undefined, false]),
      autoLinkExcept:
        autoLink === true && owner.exceptions.length > 0 && random.chance(0.7)
          ? random.some(owner.exceptions, 0.7)
          : undefined,
      access:
        owner.access.length > 0 && random.chance(0.4)
          ? random.pick(owner.access)
          : undefined,
      parent:
        owner.parents.length > 0 && random.chance(0.5)
          ? random.pick(owner.parents)
          : undefined,
    };
  }

  #description(): string | undefined {
    const { descriptions } = this.#words;
    return descriptions.length === 0 || this.#random.chance(0.4)
      ? undefined
      : this.#random.pick(descriptions);
  }

  #config(
    words: TypeWords,
    secrets: DeclaredSecrets | undefined,
  ): Parts | undefined {
    const random = this.#random;
    const config = Object.fromEntries([
      ...Object.entries(words.required).map(([field, values]) => [
        field,
        random.pick(values),
      ]),
      ...Object.entries(words.optional)
        .filter(() => random.chance(0.45))
        .map(([field, values]) => [field, random.pick(values)]),
    ]) as Record<string, JsonValue>;
    return this.#spelled(fitting(config, words, secrets), words);
  }

  /** The same in other words, here and there. */
  #spelled(config: Parts, words: TypeWords): Parts | undefined {
    const random = this.#random;
    const written: Record<string, JsonValue> = { ...(config as JsonObject) };
    for (const [field, value] of Object.entries(written))
      if (
        words.inQuotes?.includes(field) === true &&
        value !== null &&
        random.chance(0.4)
      )
        written[field] = String(value);
    for (const [field, standard] of Object.entries(words.defaults ?? {})) {
      if (words.besideSecrets?.includes(field) === true) continue;
      if (String(written[field] ?? "") === String(standard)) {
        if (random.chance(0.4)) delete written[field];
      } else if (!Object.hasOwn(written, field) && random.chance(0.3))
        written[field] = standard;
    }
    for (const field of Object.keys(words.optional))
      if (!Object.hasOwn(written, field) && random.chance(0.1))
        written[field] = null;
    if (Object.keys(written).length === 0 && random.chance(0.5))
      return undefined;
    return written;
  }

  #secrets(choices: readonly JsonObject[]): DeclaredSecrets {
    const random = this.#random;
    return {
      argument: random.pick(["stored", "write_only", "write_only"]),
      value: random.pick(choices),
      version: random.chance(0.3) ? random.pick(["v1", "v2"]) : undefined,
    };
  }

  // What is declared after

  #edited(before: readonly Made[]): readonly Made[] {
    const random = this.#random;
    const kept = before.flatMap((made): Made[] => {
      const isProtected = made.connection.deletionProtection === true;
      if (!isProtected && random.chance(0.12)) return [];
      const edited = random.chance(0.25)
        ? this.#respelled(made)
        : this.#editedConnection(made, isProtected);
      const unknown =
        !isProtected && random.chance(0.25)
          ? this.#withLater(edited)
          : edited.connection;
      const connection = isProtected
        ? unknown
        : replaceable(unknown, made.connection);
      return [this.#withChildren({ ...edited, connection }, made)];
    });
    const used = before.map(({ connection }) => connection.address);
    const free = Array.from({ length: SLOTS }, (_, index) => index).filter(
      (slot) => !used.includes(`connection.c${slot}`),
    );
    const made = random
      .some(free, 0.25)
      .map((slot) => this.#newConnection(slot))
      .map((one) =>
        random.chance(0.3) ? { ...one, connection: this.#withLater(one) } : one,
      );
    return [...kept, ...made];
  }

  #editedConnection(made: Made, isProtected: boolean): Made {
    const random = this.#random;
    let edited = made;
    for (let times = random.whole(1, 2); times > 0; times -= 1)
      edited = this.#editedOnce(edited, isProtected);
    if (random.chance(0.3)) edited = this.#undeclared(edited);
    const { irremovableFields } = this.#options.capabilities;
    return irremovableFields && !isProtected && random.chance(0.3)
      ? this.#with(edited, { config: this.#takenBack(edited) })
      : edited;
  }

  #with(made: Made, changes: Partial<DeclaredConnection>): Made {
    return { ...made, connection: { ...made.connection, ...changes } };
  }

  /** Says nothing more about something that it said something about. */
  #undeclared(made: Made): Made {
    const { connection, words } = made;
    const optional = [
      "access",
      "parent",
      "description",
      "autoLinkExcept",
      ...(words.secretsOptional ? (["secrets"] as const) : []),
    ] as const;
    const said = optional.filter((name) => connection[name] !== undefined);
    return said.length === 0
      ? made
      : this.#fitted(
          this.#with(made, { [this.#random.pick(said)]: undefined }),
        );
  }

  #editedOnce(made: Made, isProtected: boolean): Made {
    const random = this.#random;
    const { connection, owner, words } = made;
    const changed = (changes: Partial<DeclaredConnection>): Made =>
      this.#with(made, changes);
    const edits: (() => Made)[] = [
      () => this.#respelled(made),
      () => changed({ description: this.#description() }),
      () => changed({ verify: random.pick([undefined, "off"]) }),
      () =>
        changed({ secrets: this.#editedSecrets(words, connection.secrets) }),
      () =>
        changed({ secrets: this.#editedSecrets(words, connection.secrets) }),
    ];
    const { owner: _owner, ...ofOwner } = this.#ofOwner(connection, owner);
    const { autoLink, autoLinkExcept, access, parent } = ofOwner;
    if (owner.autoLink) edits.push(() => changed({ autoLink, autoLinkExcept }));
    if (owner.access.length > 0)
      edits.push(
        () => changed({ access }),
        () => changed({ access: undefined }),
      );
    if (owner.parents.length > 0)
      edits.push(
        () => changed({ parent }),
        () => changed({ parent: undefined }),
      );
    if (!isProtected) {
      const field = () => changed({ config: this.#otherField(made) });
      const [slot] = /\d+$/.exec(connection.address) ?? ["0"];
      edits.push(
        field,
        field,
        field,
        () => changed({ config: this.#takenBack(made) }),
        () =>
          changed({
            name: random.pickOther(namesOf(Number(slot)), connection.name),
          }),
        () => this.#otherType(made),
        () => this.#otherOwner(made),
        () => changed({ recreate: true }),
        () => changed({ deletionProtection: random.pick([true, false]) }),
      );
    }
    return this.#fitted(random.pick(edits)());
  }

  #fitted(made: Made): Made {
    const { config = {}, secrets } = made.connection;
    return this.#with(made, {
      config: fitting(config as Parts, made.words, secrets),
    });
  }

  #respelled(made: Made): Made {
    const random = this.#random;
    const { connection, words } = made;
    const canBeLeftOut = this.#words.owners.some(
      ({ owner }) => owner === "organization/acme",
    );
    const isDefault =
      connection.owner === undefined ||
      connection.owner === "organization/acme";
    return {
      ...made,
      connection: {
        ...connection,
        owner:
          canBeLeftOut && isDefault
            ? random.pick([undefined, "organization/acme"])
            : connection.owner,
        config: this.#spelled((connection.config ?? {}) as Parts, words),
        autoLink:
          connection.autoLink === true
            ? true
            : random.pick([undefined, connection.autoLink]),
        autoLinkExcept:
          connection.autoLinkExcept &&
          random.shuffled(connection.autoLinkExcept),
      },
    };
  }

  #otherField({ connection, words }: Made): Parts {
    const random = this.#random;
    const config: Record<string, JsonValue> = {
      ...((connection.config ?? {}) as JsonObject),
    };
    const { required, optional } = words;
    const field = random.pick([
      ...Object.keys(required),
      ...Object.keys(optional),
    ]);
    const choices = { ...required, ...optional }[field]!;
    const there = fieldOf(config, field);
    if (
      Object.hasOwn(optional, field) &&
      there !== undefined &&
      random.chance(0.35)
    )
      delete config[field];
    else config[field] = random.pickOther(choices, there ?? null);
    return config;
  }

  /** Without one of the fields that may be left out. */
  #takenBack({ connection, words }: Made): Parts {
    const random = this.#random;
    const config = { ...((connection.config ?? {}) as JsonObject) };
    const given = Object.keys(words.optional).filter(
      (field) => (fieldOf(config, field) ?? null) !== null,
    );
    const field = given.length === 0 ? undefined : random.pick(given);
    return Object.fromEntries(
      Object.entries(config).filter(([name]) => name !== field),
    );
  }

  #editedSecrets(
    words: TypeWords,
    secrets: DeclaredSecrets | undefined,
  ): DeclaredSecrets | undefined {
    const random = this.#random;
    if (secrets === undefined) return this.#secrets(words.secrets);
    const fate = random.next();
    if (words.secretsOptional && fate < 0.2) return undefined;
    if (words.secretsOptional && fate < 0.25) return { ...secrets, value: {} };
    if (fate < 0.35)
      return {
        ...secrets,
        argument: secrets.argument === "stored" ? "write_only" : "stored",
      };
    if (fate < 0.55)
      return {
        ...secrets,
        version: random.pick([undefined, "v1", "v2", "v3"]),
      };
    return {
      ...secrets,
      ...(fate < 0.65 ? { version: random.pick(["v1", "v2", "v3"]) } : {}),
      value: random.pickOther(
        words.secrets,
        settledParts(secrets.value),
      ) as Parts,
    };
  }

  #otherType(made: Made): Made {
    const words = this.#random.pickOther(this.#words.types, made.words);
    const secrets =
      !words.secretsOptional || this.#random.chance(0.7)
        ? this.#secrets(words.secrets)
        : undefined;
    return {
      ...made,
      words,
      connection: {
        ...made.connection,
        type: words.type,
        secrets,
        config: this.#config(words, secrets),
      },
    };
  }

  #otherOwner(made: Made): Made {
    const owner = this.#random.pickOther(this.#words.owners, made.owner);
    return {
      ...made,
      owner,
      connection: this.#ofOwner(made.connection, owner),
    };
  }

  // What is known later

  #withLater({ connection, words }: Made): DeclaredConnection {
    const random = this.#random;
    const fields = Object.keys(connection.config ?? {});
    const unknown: (() => DeclaredConnection)[] = [
      () => later(connection, "name"),
      () => later(connection, "type"),
      () => later(connection, "config"),
    ];
    const field = () => ({
      ...connection,
      config: withLaterField(connection.config as Parts, random.pick(fields)),
    });
    if (fields.length > 0) unknown.push(field, field, field);
    const { secrets } = connection;
    if (secrets !== undefined)
      unknown.push(() => ({
        ...connection,
        secrets: this.#laterSecrets(secrets),
      }));
    if (this.#words.descriptions.length > 0)
      unknown.push(() => later(connection, "description"));
    if (connection.owner !== undefined)
      unknown.push(() => later(connection, "owner"));
    if (connection.autoLink !== undefined)
      unknown.push(() => later(connection, "autoLink"));
    if (connection.parent !== undefined)
      unknown.push(() => later(connection, "parent"));
    void words;
    return random.pick(unknown)();
  }

  #laterSecrets(secrets: DeclaredSecrets): DeclaredSecrets {
    const random = this.#random;
    const value = settledParts(secrets.value) as JsonObject;
    const names = Object.keys(value);
    const fate = random.next();
    if (fate < 0.3) return { ...secrets, version: new Later("v4") };
    if (fate < 0.6 || names.length === 0)
      return { ...secrets, value: new Later<Parts>(value) };
    return { ...secrets, value: withLaterField(value, random.pick(names)) };
  }

  // Attachments and links

  /** Those of `before` go on where they still can, and some come. */
  #withChildren(made: Made, before: Made): Made {
    const random = this.#random;
    const { address } = made.connection;
    const slot = address.slice("connection.".length);
    const isNew = made === before;
    const heldWorkspaces = before.attachments.map(({ workspace }) =>
      settledValue(workspace),
    );
    const linkedThrough = before.links.map(
      ({ deployment }) => workspaceOf[settledValue(deployment)]!,
    );
    const attachments: DeclaredAttachment[] = [];
    const isFree = (workspace: string) =>
      !heldWorkspaces.includes(workspace) &&
      !attachments.some((one) => settledValue(one.workspace) === workspace);
    for (const there of before.attachments) {
      const workspace = settledValue(there.workspace);
      if (!made.owner.workspaces.includes(workspace)) continue;
      const fate = random.next();
      const moved = made.owner.workspaces.find(isFree);
      if (fate < 0.12) continue;
      if (fate < 0.24 && moved !== undefined)
        attachments.push({ ...there, workspace: moved });
      else if (fate < 0.34 && !linkedThrough.includes(workspace))
        attachments.push(
          random.chance(0.5)
            ? { ...there, recreate: true }
            : { ...there, workspace: new Later(workspace) },
        );
      else attachments.push(there);
    }
    for (const workspace of made.owner.workspaces) {
      if (!isFree(workspace) || !random.chance(isNew ? 0.55 : 0.25)) continue;
      const index = before.attachments.length + attachments.length;
      attachments.push({
        kind: "attachment",
        address: `attachment.${slot}.${index}`,
        connection: address,
        workspace,
      });
    }
    const attached = attachments.map(({ workspace }) =>
      settledValue(workspace),
    );
    const reachable = made.owner.deployments.filter(
      (deployment) =>
        made.owner.workspaces.length === 0 ||
        attached.includes(workspaceOf[deployment]!),
    );
    return {
      ...made,
      attachments,
      links: this.#links({ made, before, reachable, isNew, slot }),
    };
  }

  #links(options: {
    readonly made: Made;
    readonly before: Made;
    readonly reachable: readonly string[];
    readonly isNew: boolean;
    readonly slot: string;
  }): readonly DeclaredLink[] {
    const { made, before, reachable, isNew, slot } = options;
    const random = this.#random;
    const held = before.links.map(({ deployment }) => settledValue(deployment));
    const links: DeclaredLink[] = [];
    const isFree = (deployment: string) =>
      !held.includes(deployment) &&
      !links.some((one) => settledValue(one.deployment) === deployment);
    for (const there of before.links) {
      const deployment = settledValue(there.deployment);
      if (!reachable.includes(deployment) || random.chance(0.12)) continue;
      const moved = reachable.find(isFree);
      const sameType = before.words === made.words;
      const kept = sameType ? there : this.#overridden(there, made.words);
      const fate = random.next();
      if (fate < 0.1 && moved !== undefined)
        links.push({ ...kept, deployment: moved });
      else if (fate < 0.15) links.push({ ...kept, recreate: true });
      else if (fate < 0.35) links.push(this.#overridden(kept, made.words));
      else if (fate < 0.5) links.push(this.#editedLink(kept, made.words));
      else if (fate < 0.65) links.push(this.#laterLink(kept));
      else links.push(kept);
    }
    for (const deployment of reachable) {
      if (!isFree(deployment) || !random.chance(isNew ? 0.6 : 0.25)) continue;
      const link: DeclaredLink = {
        kind: "link",
        address: `link.${slot}.${deployment}${isNew ? "" : ".new"}`,
        connection: made.connection.address,
        deployment,
      };
      links.push(this.#overridden(link, made.words));
    }
    return links;
  }

  #overridden(link: DeclaredLink, words: TypeWords): DeclaredLink {
    const random = this.#random;
    const { overrides = [], overrideSecrets = [] } = words;
    return {
      ...link,
      overrides:
        overrides.length > 0 && random.chance(0.7)
          ? this.#spelledOverrides(random.pick(overrides), words)
          : random.pick([undefined, undefined, {}]),
      secrets:
        overrideSecrets.length > 0 && random.chance(0.4)
          ? this.#secrets(overrideSecrets)
          : undefined,
    };
  }

  #spelledOverrides(overrides: JsonObject, words: TypeWords): Parts {
    return Object.fromEntries(
      Object.entries(overrides).map(([field, value]) => [
        field,
        words.inQuotes?.includes(field) === true &&
        value !== null &&
        this.#random.chance(0.4)
          ? String(value)
          : value,
      ]),
    );
  }

  #editedLink(link: DeclaredLink, words: TypeWords): DeclaredLink {
    const random = this.#random;
    const { overrideSecrets = [] } = words;
    if (overrideSecrets.length > 0 && random.chance(0.6))
      return {
        ...link,
        secrets:
          link.secrets === undefined
            ? this.#secrets(overrideSecrets)
            : this.#editedSecrets(
                { ...words, secrets: overrideSecrets, secretsOptional: true },
                link.secrets,
              ),
      };
    const { overrides } = link;
    return overrides === undefined
      ? { ...link, overrides: {} }
      : {
          ...link,
          overrides: this.#spelledOverrides(
            settledParts(overrides) as JsonObject,
            words,
          ),
        };
  }

  #laterLink(link: DeclaredLink): DeclaredLink {
    const random = this.#random;
    const { overrides, secrets } = link;
    const unknown: (() => DeclaredLink)[] = [
      () => later(link, "deployment"),
      () => ({
        ...link,
        overrides: new Later(overrides ?? {}) as Later<Parts>,
      }),
    ];
    const names = Object.keys(overrides ?? {});
    if (names.length > 0) {
      const field = () => ({
        ...link,
        overrides: withLaterField(overrides as Parts, random.pick(names)),
      });
      unknown.push(field, field);
    }
    if (secrets !== undefined)
      unknown.push(() => ({ ...link, secrets: this.#laterSecrets(secrets) }));
    return random.pick(unknown)();
  }

  // What somebody else does

  #drift(before: readonly Made[]): readonly Drift[] {
    const random = this.#random;
    const made = random.pick(before);
    const { connection, owner, words, attachments, links } = made;
    const { address } = connection;
    const gone = (things: readonly DeclaredThing[]): readonly Drift[] =>
      things.map((thing) => ({ address: thing.address, does: "delete" }));
    const choices: (() => readonly Drift[])[] = [
      () => gone([...links, ...attachments, connection]),
      () => this.#configured(made),
      () => this.#configured(made),
    ];
    const free = attachments.filter(
      ({ workspace }) =>
        !links.some(
          ({ deployment }) =>
            workspaceOf[settledValue(deployment)] === settledValue(workspace),
        ),
    );
    if (free.length > 0) choices.push(() => gone([random.pick(free)]));
    if (links.length > 0) {
      const link = random.pick(links);
      choices.push(
        () => gone([link]),
        () => [
          {
            address: link.address,
            does: "override",
            overrides: random.pick(words.overrides ?? [{}]),
          },
        ],
      );
    }
    if (this.#words.descriptions.length > 0)
      choices.push(() => [
        { address, does: "describe", description: "by somebody else" },
      ]);
    if (owner.access.length > 0)
      choices.push(() => [
        { address, does: "share", access: random.pick(owner.access) },
      ]);
    const theirs = random.pickOther(
      words.secretsOptional && connection.secrets !== undefined
        ? [...words.secrets, {}]
        : words.secrets,
      settledParts(connection.secrets?.value ?? {}),
    ) as JsonObject;
    const keep = (): readonly Drift[] =>
      needsSecrets(connection, words) && Object.keys(theirs).length === 0
        ? []
        : [{ address, does: "keep_secrets", secrets: theirs }];
    choices.push(keep, keep);
    return random.pick(choices)();
  }

  /** Another value of one field that can be changed. */
  #configured(made: Made): readonly Drift[] {
    const random = this.#random;
    const { connection, words } = made;
    const { immutableFields = {}, irremovableFields = {} } =
      this.#options.capabilities;
    const fixed = [immutableFields, irremovableFields].flatMap((fields) => [
      ...(fields["*"] ?? []),
      ...(fieldOf(fields, words.type) ?? []),
    ]);
    const config = Object.fromEntries(
      Object.entries((connection.config ?? {}) as JsonObject).filter(
        ([, value]) => value !== null,
      ),
    );
    const choices = { ...words.optional, ...words.required };
    const free = Object.keys(choices).filter(
      (field) =>
        !fixed.includes(field) && words.besideSecrets?.includes(field) !== true,
    );
    if (free.length === 0) return [];
    const field = random.pick(free);
    const there = fieldOf(config, field) ?? null;
    return [
      {
        address: connection.address,
        does: "configure",
        config: {
          ...config,
          [field]: random.pickOther(choices[field]!, there),
        },
      },
    ];
  }
}

function thingsOf(
  places: readonly DeclaredPlace[],
  made: readonly Made[],
): readonly DeclaredThing[] {
  return [
    ...places,
    ...made.map(({ connection }) => connection),
    ...made.flatMap(({ attachments }) => attachments),
    ...made.flatMap(({ links }) => links),
  ];
}

function namesOf(slot: number): readonly string[] {
  return [`c${slot}a`, `c${slot}b`];
}

/** Protected from now on only where nothing may replace it: that is refused, and leaves nothing to hold against anything. */
function replaceable(
  now: DeclaredConnection,
  before: DeclaredConnection,
): DeclaredConnection {
  const mayReplace = (
    ["name", "type", "owner", "config", "recreate"] as const
  ).some((argument) => now[argument] !== before[argument]);
  return now.deletionProtection === true && mayReplace
    ? { ...now, deletionProtection: before.deletionProtection }
    : now;
}

/** Without the fields that only make sense beside secrets, where there are none. */
function fitting(
  config: Parts,
  { besideSecrets = [] }: TypeWords,
  secrets: DeclaredSecrets | undefined,
): Parts {
  const hasSecrets =
    secrets !== undefined &&
    Object.keys(settledParts(secrets.value) as JsonObject).length > 0;
  return Object.fromEntries(
    Object.entries(config).filter(
      ([field]) => hasSecrets || !besideSecrets.includes(field),
    ),
  );
}

/** Whether it has a field that only makes sense beside secrets. */
function needsSecrets(
  { config = {} }: DeclaredConnection,
  { besideSecrets = [] }: TypeWords,
): boolean {
  return besideSecrets.some((field) => Object.hasOwn(config, field));
}

function withLaterField(parts: Parts, field: string): Parts {
  return { ...parts, [field]: new Later(settledParts(parts[field]!)) };
}

/** With this member known later. */
function later<T extends DeclaredThing>(thing: T, member: keyof T): T {
  const value = thing[member];
  return value === undefined || value instanceof Later
    ? thing
    : { ...thing, [member]: new Later(value) };
}

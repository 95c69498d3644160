import {
  type AttachmentKey,
  type ConnectionKey,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  formatOwner,
  type LinkKey,
  type Owner,
  type Platform,
} from "../../src/model";

/** One call of the port that changes something. */
export interface Write {
  readonly does: "create" | "update" | "delete";
  /** Kind and natural key: `link organization/acme/warehouse@deployment/prod`. Of an update, as it was called before. */
  readonly what: string;
}

/** The platform, and what is written through it from now on. */
export function countingPlatform(platform: Platform): {
  readonly platform: Platform;
  readonly writes: Write[];
} {
  const writes: Write[] = [];
  const noting = <Port extends object>(
    port: Port,
    methods: {
      readonly [Method in keyof Port]?: (argument: never) => Write;
    },
  ): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        const note = methods[name as keyof Port] as
          ((argument: unknown) => Write) | undefined;
        if (typeof method !== "function") return method;
        if (note === undefined) return method.bind(target) as unknown;
        return (...given: readonly unknown[]): unknown => {
          writes.push(note(given[0]));
          return Reflect.apply(method, target, given);
        };
      },
    });
  const connection =
    (does: Write["does"]) =>
    (key: ConnectionKey): Write => ({
      does,
      what: `connection ${formatConnectionKey(key)}`,
    });
  const attachment =
    (does: Write["does"]) =>
    (key: AttachmentKey): Write => ({
      does,
      what: `attachment ${formatAttachmentKey(key)}`,
    });
  const link =
    (does: Write["does"]) =>
    (key: LinkKey): Write => ({ does, what: `link ${formatLinkKey(key)}` });
  const place =
    (does: Write["does"], kind: string) =>
    (one: { readonly owner: Owner; readonly name: string }): Write => ({
      does,
      what: `${kind} ${formatOwner(one.owner)}/${kind}/${one.name}`,
    });
  const { connections, attachments, links, inventoryManagement } = platform;
  return {
    writes,
    platform: {
      ...platform,
      connections: noting(connections, {
        create: connection("create"),
        update: connection("update"),
        delete: connection("delete"),
      }),
      attachments:
        attachments &&
        noting(attachments, {
          create: attachment("create"),
          delete: attachment("delete"),
        }),
      links:
        links &&
        noting(links, {
          create: link("create"),
          update: link("update"),
          delete: link("delete"),
        }),
      inventoryManagement:
        inventoryManagement &&
        noting(inventoryManagement, {
          createWorkspace: place("create", "workspace"),
          deleteWorkspace: place("delete", "workspace"),
          createDeployment: place("create", "deployment"),
          renameWorkspace: place("update", "workspace"),
          changeDeployment: place("update", "deployment"),
          deleteDeployment: place("delete", "deployment"),
        }),
      // It serves many walks.
      close: () => Promise.resolve(),
    },
  };
}

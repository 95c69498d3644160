/** Declarations as tests write them, and what is expected of every run of them. */
import type { Platform, PlatformDefinition } from "../../model";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../../testing";
import { toValue } from "../state/values";
import type { CtyRecord, CtyValue } from "../wire";
import {
  type Declared,
  dynamic,
  SimulatedCore,
  type Walk,
} from "./core-fixture";

export const acme = { kind: "organization", name: "acme" } as const;
export const key = { owner: acme, name: "warehouse" };
export const id = "organization/acme/warehouse";
export const linkKey = { connection: key, deployment: "prod" };

/** Core with a provider whose only platform is this one. */
export function coreOn(
  platform: Platform,
  provider: Given = { organization: "acme" },
  workingDirectory?: string,
): SimulatedCore {
  const { capabilities } = platform;
  const definition: PlatformDefinition = {
    name: "hub",
    title: "Hub",
    capabilities,
    description: "A platform in memory.",
    settings: [{ name: "token", description: "Token.", secret: true }],
    open: () =>
      Promise.resolve({
        ...platform,
        name: "hub",
        close: () => Promise.resolve(),
      }),
  };
  return new SimulatedCore({
    platforms: [definition],
    provider,
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
  });
}

/** Core with a provider on a platform in memory. */
export function setUp(
  options: {
    readonly capabilities?: typeof everyCapability;
    readonly provider?: Given;
  } = {},
): { readonly core: SimulatedCore; readonly platform: MemoryPlatform } {
  const { capabilities = everyCapability, provider } = options;
  const platform = createMemoryPlatform({ organization: "acme", capabilities });
  return { core: coreOn(platform, provider), platform };
}

export async function withPlaces(platform: Platform): Promise<void> {
  const management = platform.inventoryManagement!;
  for (const name of ["analytics", "science"])
    await management.createWorkspace({ owner: acme, name });
  for (const name of ["prod", "staging"])
    await management.createDeployment({
      owner: acme,
      name,
      workspace: "analytics",
    });
}

export type Given = Readonly<Record<string, CtyValue>>;

export const postgresql = {
  host: "db.example.com",
  login: "loader",
  port: 5432,
};

export function connection(
  given: Given = {},
  address = "connection.warehouse",
): Declared {
  return {
    address,
    type: "patchbay_connection",
    config: () => ({
      name: "warehouse",
      type: "postgresql",
      config: dynamic(postgresql),
      ...given,
    }),
  };
}

export function attachment(
  given: Given = {},
  address = "attachment.analytics",
): Declared {
  return {
    address,
    type: "patchbay_workspace_attachment",
    config: () => ({ connection_id: id, workspace: "analytics", ...given }),
  };
}

export function link(given: Given = {}, address = "link.prod"): Declared {
  return {
    address,
    type: "patchbay_deployment_link",
    config: () => ({ connection_id: id, deployment: "prod", ...given }),
  };
}

export function workspace(
  given: Given = {},
  address = "workspace.analytics",
): Declared {
  return {
    address,
    type: "patchbay_workspace",
    config: () => ({ name: "analytics", ...given }),
  };
}

/** What is only known after apply while planning, for one declaration. */
export function later(declared: Declared, planned: Given): Declared {
  return {
    ...declared,
    config: (phase) => ({
      ...declared.config(phase),
      ...(phase === "plan" ? planned : {}),
    }),
  };
}

export function actions(walk: Walk): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...walk.objects].map(([address, { action }]) => [address, action]),
  );
}

export async function applied(
  core: SimulatedCore,
  declared: readonly Declared[],
): Promise<Walk> {
  const walk = await core.apply(declared);
  expect(walk.diagnostics).toEqual([]);
  return walk;
}

/** Promise 1: a plan after an apply is empty. */
export async function expectSettled(
  core: SimulatedCore,
  declared: readonly Declared[],
): Promise<void> {
  const walk = await core.plan(declared);
  expect(walk.diagnostics).toEqual([]);
  expect(
    Object.values(actions(walk)).filter((action) => action !== "no-op"),
  ).toEqual([]);
}

export function stateOf(core: SimulatedCore, address: string): CtyRecord {
  return core.stored.get(address)!.state;
}

export function plain(value: CtyValue | undefined): unknown {
  return JSON.parse(JSON.stringify(toValue(value ?? null)));
}

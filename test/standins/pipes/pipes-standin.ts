/**
 * A stand-in for Turbot Pipes: connections of a tenant, its organizations and
 * their workspaces, folders, permissions and schemas, as far as the vendor's document and
 * its provider show how they behave. Where that is not known, it can be told
 * to behave in either way. Nothing of it is a guess about what tests want.
 */
import { type Contract, type Standin, startStandin } from "../kit";
import { problem, type SecretsOnRead } from "./pipes-answers";
import { attachmentRoutes } from "./pipes-attachment-routes";
import { connectionRoutes } from "./pipes-connection-routes";
import { folderRoutes } from "./pipes-folder-routes";
import { identityRoutes } from "./pipes-identity-routes";
import { permissionRoutes } from "./pipes-permission-routes";
import { newWorld, type PipesWorld } from "./pipes-world";

export const PIPES_TOKEN = "tpt_a-token-of-the-stand-in";

/** Everything about Pipes that the documents leave open, with what is taken by default. */
export interface PipesBehaviour {
  /** @default "absent" */
  secretsOnRead: SecretsOnRead;
  /**
   * What a PATCH does with a configuration: replaces its plain fields and keeps
   * secrets that are left out, replaces it whole, or merges. @default "replace"
   */
  patch: "replace" | "replace_whole" | "merge";
  /** @default true */
  enforcesIfMatch: boolean;
  /** How many attempts to attach come too early after a permission was granted. @default 0 */
  grantLag: number;
  /** How many reads see an update under way before it has reached the workspaces. Undefined: no update is ever shown. @default undefined */
  rolloutReads: number | undefined;
  /** How updates end. @default "success" */
  rollout: "success" | "error";
  /** The `parent_id` of what is in no folder: whose it is, as the document says, or nothing, as the vendor's own tests expect. @default "owner" */
  topParent: "owner" | "empty";
  /** What Pipes writes into every configuration that does not have it, however often it is asked to take it away. @default nothing */
  fillsIn: Readonly<Record<string, unknown>>;
  /** Whether an organization's list of folders shows the tenant's as well. @default false */
  listsTenantFolders: boolean;
  /** What a connection tells of its ancestors: its folders, also whose they are, or nothing. @default "folders" */
  trunk: "folders" | "whole" | "absent";
  /** Whether a workspace that is to have a connection of a name that its organization has is attached to that one, as the document allows. @default false */
  associates: boolean;
  /** What a PATCH does that moves something: does it, takes it without a word and does nothing, or refuses it. @default "moves" */
  move: "moves" | "ignored" | "refused";
  /** Whether a permission shows the identity itself, or only its id. @default "expanded" */
  identityOnRead: "expanded" | "id";
  /** Whether the token's owner is a member of the tenant, and sees it. @default true */
  showsTenant: boolean;
  /** What comes of granting what is granted already: a second permission, or a refusal. @default "made" */
  grantedTwice: "made" | 400 | 409;
  /** What the test of a connection says. @default ok */
  testResult: { readonly status?: string; readonly reason?: string };
}

export interface PipesStandin extends Standin {
  readonly world: PipesWorld;
  readonly behaviour: PipesBehaviour;
}

export interface PipesStandinOptions {
  readonly contract?: Contract | undefined;
  readonly behaviour?: Partial<PipesBehaviour>;
}

export async function startPipesStandin({
  contract,
  behaviour: wanted,
}: PipesStandinOptions = {}): Promise<PipesStandin> {
  const world = newWorld();
  const behaviour: PipesBehaviour = {
    secretsOnRead: "absent",
    patch: "replace",
    enforcesIfMatch: true,
    grantLag: 0,
    rolloutReads: undefined,
    rollout: "success",
    topParent: "owner",
    fillsIn: {},
    listsTenantFolders: false,
    trunk: "folders",
    associates: false,
    move: "moves",
    identityOnRead: "expanded",
    showsTenant: true,
    grantedTwice: "made",
    testResult: { status: "ok" },
    ...wanted,
  };
  const standin = await startStandin({
    routes: [
      ...connectionRoutes(world, behaviour),
      ...folderRoutes(world, behaviour),
      ...identityRoutes(world, behaviour),
      ...permissionRoutes(world, behaviour),
      ...attachmentRoutes(world, behaviour),
    ],
    authorize: ({ headers }) =>
      headers["authorization"] === `Bearer ${PIPES_TOKEN}`
        ? undefined
        : problem(401, "The token is not valid here."),
    refuse: (status) => problem(status),
    state: {
      save: () => structuredClone(world),
      restore: (saved) => {
        Object.assign(world, structuredClone(saved));
      },
    },
    contract,
  });
  return { ...standin, world, behaviour };
}

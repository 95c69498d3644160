/**
 * A stand-in for Turbot Pipes: connections of a tenant, its organizations and
 * their workspaces, folders, permissions and schemas, as far as the vendor's document and
 * its provider show how they behave. Where that is not known, it can be told
 * to behave in either way. Nothing of it is a guess about what tests want.
 */
import {
  type Contract,
  type Standin,
  type StandinAnswer,
  type StandinRoute,
  startStandin,
} from "../kit";
import { aggregatorRoutes } from "./pipes-aggregator-routes";
import { problem, type SecretsOnRead } from "./pipes-answers";
import { attachmentRoutes } from "./pipes-attachment-routes";
import { connectionRoutes } from "./pipes-connection-routes";
import { folderRoutes } from "./pipes-folder-routes";
import { identityRoutes } from "./pipes-identity-routes";
import { permissionRoutes } from "./pipes-permission-routes";
import { processRoutes } from "./pipes-process-routes";
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
  /** How errors are marked: as the vendor's clients read them, or as the form of their bodies would have it. @default "application/json" */
  errorType: "application/json" | "application/problem+json";
  /** The `parent_id` of what is in no folder: nothing, as the vendor's own tests see it, or whose it is, as the document says. @default "empty" */
  topParent: "owner" | "empty";
  /** What shows a workspace the connections and folders of its organization and the tenant: a permission, as the vendor's own tests see it, or only an attachment. @default "permission" */
  visibleBy: "permission" | "attachment";
  /** Whether a workspace lists what it is merely permitted to as schemas, of the state `granted`. @default false */
  listsGranted: boolean;
  /** Whether ids may stand where paths have handles, as the vendor's Steampipe plugin sends them. @default true */
  takesIds: boolean;
  /** Whether reserved handles (`public`, `pg_x`) and malformed names of plugins (`aws@1.0`) are taken. @default false */
  takesAnyName: boolean;
  /** By plugin: fields that Pipes fills in by itself where a configuration has none, and keeps when they are taken away. @default none */
  fills: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** How lists in a configuration are shown. @default "as_sent" */
  lists: "as_sent" | "sorted";
  /** The words with which a configuration is refused when it is written. @default none is */
  refusesConfig:
    | ((config: Readonly<Record<string, unknown>>) => string | undefined)
    | undefined;
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
  /** What the test of a connection says; it may depend on the configuration, secrets included (`failingWith`). @default ok */
  testResult:
    TestResult | ((config: Readonly<Record<string, unknown>>) => TestResult);
}

interface TestResult {
  readonly status?: string;
  readonly reason?: string;
}

/** A test that fails with the words of a driver, which repeats the password in some form: `encodeURIComponent`, for example. */
export function failingWith(
  form: (password: string) => string,
): PipesBehaviour["testResult"] {
  return ({ user = "l", password, host = "db" }) => ({
    status: "error",
    reason: `could not connect to postgres://${String(user)}:${form(String(password))}@${String(host)}/x`,
  });
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
    errorType: "application/json",
    topParent: "empty",
    visibleBy: "permission",
    listsGranted: false,
    takesIds: true,
    takesAnyName: false,
    fills: {},
    lists: "as_sent",
    refusesConfig: undefined,
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
  const typed = (answer: StandinAnswer): StandinAnswer =>
    answer.status < 400
      ? answer
      : { ...answer, headers: { "content-type": behaviour.errorType } };
  const routes: readonly StandinRoute[] = [
    ...connectionRoutes(world, behaviour),
    ...folderRoutes(world, behaviour),
    ...identityRoutes(world, behaviour),
    ...permissionRoutes(world, behaviour),
    ...attachmentRoutes(world, behaviour),
    ...aggregatorRoutes(world),
    ...processRoutes(world),
  ];
  const standin = await startStandin({
    routes: routes.map((route) => ({
      ...route,
      handle: (request) =>
        typed(
          behaviour.takesIds || !namesById(request.parameters)
            ? route.handle(request)
            : problem(404, "There is nothing of this handle."),
        ),
    })),
    authorize: ({ headers }) =>
      headers["authorization"] === `Bearer ${PIPES_TOKEN}`
        ? undefined
        : typed(problem(401, "The token is not valid here.")),
    refuse: (status) => typed(problem(status)),
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

/** Whether an id stands where a path has the handle of an organization, a user or a workspace. */
function namesById(parameters: Readonly<Record<string, string>>): boolean {
  return ["org_handle", "user_handle", "workspace_handle"].some((name) =>
    /^[ouw]_[0-9a-v]{20}$/.test(parameters[name] ?? ""),
  );
}

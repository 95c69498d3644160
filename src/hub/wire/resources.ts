import type { DiagnosticPath } from "../../diagnostics";
import type {
  Access,
  ConnectionStatus,
  ConnectionUsage,
  DeploymentUsage,
  JsonObject,
} from "../../model";

/**
 * The bodies of the hub's HTTP API. Keys and owners are natural keys as text:
 * `organization/acme/warehouse`, `organization/acme`. An optional member that is
 * not set is absent in answers and may be null in requests.
 */
export interface PageResource<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly next_cursor?: string;
}

export interface AccountResource {
  readonly id: string;
  readonly kind: "organization" | "user";
  readonly name: string;
  readonly platform_id: string;
}

export interface WorkspaceInput {
  readonly name: string;
}

export interface WorkspaceResource {
  readonly name: string;
  readonly owner: string;
  readonly platform_id: string;
}

export interface DeploymentInput {
  readonly name: string;
  readonly workspace: string;
}

export interface DeploymentResource {
  readonly name: string;
  readonly owner: string;
  readonly workspace: string;
  readonly platform_id: string;
}

/** Of POST and PUT. The owner is in the path. Secrets that are absent stay as they are. */
export interface ConnectionInput {
  readonly name: string;
  readonly type: string;
  readonly description?: string | null;
  readonly config: JsonObject;
  readonly secrets?: JsonObject | null;
  readonly auto_link?: boolean | null;
  readonly auto_link_except?: readonly string[] | null;
  readonly access?: Access | null;
}

export interface ConnectionResource {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly platform_id: string;
  readonly type: string;
  readonly description?: string;
  readonly config: JsonObject;
  readonly secret_fields: readonly string[];
  readonly secrets_version: number;
  readonly auto_link: boolean;
  readonly auto_link_except: readonly string[];
  readonly access?: Access;
  readonly status: ConnectionStatus;
  readonly status_message?: string;
  /** The ETag of the resource, without its quotes. */
  readonly concurrency_token: string;
}

export interface StatusResource {
  readonly status: ConnectionStatus;
  readonly message?: string;
}

export type UsageResource = ConnectionUsage;

export interface AttachmentInput {
  readonly connection: string;
  readonly workspace: string;
}

export interface AttachmentResource {
  readonly id: string;
  readonly connection: string;
  readonly workspace: string;
  readonly platform_id: string;
}

/** Of PUT. Override secrets that are absent stay as they are. */
export interface OverridesInput {
  readonly overrides?: JsonObject | null;
  readonly override_secrets?: JsonObject | null;
}

/** Of POST. */
export interface LinkInput extends OverridesInput {
  readonly connection: string;
  readonly deployment: string;
}

export interface LinkResource {
  readonly id: string;
  readonly connection: string;
  readonly deployment: string;
  readonly platform_id: string;
  readonly overrides: JsonObject;
  readonly override_secret_fields: readonly string[];
  readonly override_secrets_version: number;
  /** The ETag of the resource, without its quotes. */
  readonly concurrency_token: string;
}

export interface EffectiveConnectionResource {
  readonly connection: string;
  readonly type: string;
  readonly description?: string;
  readonly config: JsonObject;
  readonly secret_fields: readonly string[];
  readonly overridden_fields: readonly string[];
  readonly through: DeploymentUsage["through"];
  /** Only for the deployment's own token. */
  readonly secrets?: JsonObject;
}

export interface TokenScopeResource {
  readonly kind: "admin" | "account" | "deployment" | "read_only";
  /** `organization/acme` */
  readonly account?: string | null;
  readonly deployment?: string | null;
}

export interface TokenInput {
  readonly scope: TokenScopeResource;
  readonly description?: string | null;
}

export interface TokenResource {
  readonly platform_id: string;
  readonly scope: TokenScopeResource;
  readonly description?: string;
  /** Only in the answer to its creation. */
  readonly token?: string;
}

/** RFC 9457, with the diagnostics that it stands for. */
export interface ProblemResource {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly diagnostics: readonly ProblemDiagnostic[];
}

export interface ProblemDiagnostic {
  readonly code: string;
  readonly path: DiagnosticPath;
  readonly detail: string;
}

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

import type { Secret } from "../diagnostics";
import type { HubApi } from "./hub-api";
import { accountService } from "./service/account-service";
import { attachmentService } from "./service/attachment-service";
import { connectionService } from "./service/connection-service";
import { authenticate, tokenService } from "./service/token-service";
import type { HubContext } from "./service/context";
import { deploymentService } from "./service/deployment-service";
import { linkService } from "./service/link-service";
import { workspaceService } from "./service/workspace-service";
import type { TokenScope } from "./token";

/**
 * The hub's rules over a store. Who calls it in this process may do everything;
 * the HTTP server in front of it decides who may do what.
 */
export class HubService implements HubApi {
  readonly accounts;
  readonly workspaces;
  readonly deployments;
  readonly connections;
  readonly attachments;
  readonly links;
  readonly tokens;
  readonly #context: HubContext;

  constructor(context: HubContext) {
    this.#context = context;
    this.accounts = accountService(context);
    this.workspaces = workspaceService(context);
    this.deployments = deploymentService(context);
    this.connections = connectionService(context);
    this.attachments = attachmentService(context);
    this.links = linkService(context);
    this.tokens = tokenService(context);
  }

  /** What the bearer of a token may do; undefined for a token that the hub does not know. */
  authenticate(token: Secret): Promise<TokenScope | undefined> {
    return authenticate(this.#context, token);
  }
}

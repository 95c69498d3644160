import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { openHubOnFirstWrite } from "../../hub";
import {
  type OpenPlatformOptions,
  type Platform,
  settingText,
} from "../../model";
import { addressSetting, missingCredential } from "../kit";
import { createHubAdapter } from "./adapter";
import { createHubClient } from "./client";

/**
 * Opens the hub that the settings name: the one behind `endpoint`, else the
 * embedded one in `path`. Rejects with `conflicting_arguments`,
 * `missing_credential`, `insecure_endpoint` and the `hub_…` codes.
 */
export async function openHub(options: OpenPlatformOptions): Promise<Platform> {
  const path = settingText(options.settings["path"]);
  const endpoint = addressSetting(options, {
    block: "hub",
    name: "endpoint",
    advice: "is not the address of a hub: leave the path away.",
  });
  if (path !== undefined && endpoint !== undefined) {
    throw new PatchbayError({
      code: "conflicting_arguments",
      path: ["hub", "path"],
      detail:
        'A hub is either embedded ("path") or on a server ("endpoint"); both are set. Remove one of them.',
    });
  }
  return endpoint === undefined
    ? openEmbedded(path, options)
    : openRemote(endpoint, options);
}

async function openEmbedded(
  path: string | undefined,
  { workingDirectory, environment, organization }: OpenPlatformOptions,
): Promise<Platform> {
  const { api, directory, isThere, close } = await openHubOnFirstWrite({
    path,
    workingDirectory,
    environment,
    // Set by the bundled provider, which carries SQLite's native part beside it.
    nativeBinding: environment["PATCHBAY_SQLITE_BINDING"],
  });
  return createHubAdapter({
    api,
    organization,
    close,
    missing: () =>
      isThere()
        ? undefined
        : errorDiagnostic({
            code: "hub_not_initialised",
            detail: `The state has objects of the hub in ${directory}, and there is no hub there. Nothing was changed. Bring its folder back, or correct hub.path in the provider block. Only where the hub is lost and its objects shall be made anew, make an empty one:\n  patchbay hub init --path ${directory}`,
          }),
  });
}

async function openRemote(
  endpoint: string,
  { settings, organization, environment, log }: OpenPlatformOptions,
): Promise<Platform> {
  const token = settings["token"];
  if (token === undefined || settingText(token) === undefined) {
    throw new PatchbayError([
      missingCredential({
        asks: "The hub at the endpoint asks for a token.",
        block: "hub",
        missing: [{ name: "token", variable: "PATCHBAY_TOKEN" }],
        example: 'endpoint = "…", token = var.patchbay_token',
        more: '"patchbay hub token create" on the server makes one.',
      }),
    ]);
  }
  const api = createHubClient({ endpoint, token, environment, log });
  if (organization !== undefined) {
    // Something small first: a hub that cannot be reached, or refuses the token, is then said once and not for each resource.
    const account = { kind: "organization", name: organization } as const;
    await api.workspaces.list({ account, limit: 1 });
  }
  return createHubAdapter({
    api,
    organization,
    close: () => Promise.resolve(),
  });
}

/**
 * Datadog's integrations as data: what each is called, which kinds of
 * credentials it has, and which of their fields are plain, optional or secret.
 * All fields are texts, and the case of every name matters.
 */

/** One kind of credentials of an integration. */
export interface Credentials {
  /** `OpenAIAPIKey` */
  readonly type: string;
  /** Plain fields that must be given. */
  readonly plain: readonly string[];
  /** Plain fields that may be left out at creation. Datadog has no way to remove them again. */
  readonly optional: readonly string[];
  /** Must be given at creation; answered as empty texts. */
  readonly secrets: readonly string[];
  /** Fields that Datadog decides. */
  readonly given: readonly string[];
}

/** What a connection connects to. */
export interface Integration {
  /** `OpenAI`, as in the native type `datadog:OpenAI`. */
  readonly type: string;
  /** What Datadog's own Terraform provider calls it: the block of `datadog_action_connection`. */
  readonly block: string;
  readonly credentials: readonly [Credentials, ...Credentials[]];
}

/** The integrations besides HTTP, which is the catalogue's type `http`. */
export const integrations: readonly Integration[] = [
  one("AWS", "aws", "AWSAssumeRole", {
    plain: ["account_id", "role"],
    given: ["external_id", "principal_id"],
  }),
  one("Anthropic", "anthropic", "AnthropicAPIKey", { secrets: ["api_token"] }),
  one("Asana", "asana", "AsanaAccessToken", { secrets: ["access_token"] }),
  one("Azure", "azure", "AzureTenant", {
    plain: ["app_client_id", "tenant_id"],
    optional: ["custom_scopes"],
    secrets: ["client_secret"],
  }),
  one("CircleCI", "circle_ci", "CircleCIAPIKey", { secrets: ["api_token"] }),
  one("Clickup", "clickup", "ClickupAPIKey", { secrets: ["api_token"] }),
  {
    type: "Cloudflare",
    block: "cloudflare",
    credentials: [
      credentials("CloudflareAPIToken", { secrets: ["api_token"] }),
      credentials("CloudflareGlobalAPIToken", {
        plain: ["auth_email"],
        secrets: ["global_api_key"],
      }),
    ],
  },
  one("ConfigCat", "config_cat", "ConfigCatSDKKey", {
    plain: ["api_username"],
    secrets: ["api_password", "sdk_key"],
  }),
  one("Datadog", "datadog", "DatadogAPIKey", {
    plain: ["datacenter"],
    optional: ["subdomain"],
    secrets: ["api_key", "app_key"],
  }),
  one("Fastly", "fastly", "FastlyAPIKey", { secrets: ["api_key"] }),
  one("Freshservice", "freshservice", "FreshserviceAPIKey", {
    plain: ["domain"],
    secrets: ["api_key"],
  }),
  one("GCP", "gcp", "GCPServiceAccount", {
    plain: ["service_account_email"],
    secrets: ["private_key"],
  }),
  one("Gemini", "gemini", "GeminiAPIKey", { secrets: ["api_key"] }),
  one("Gitlab", "gitlab", "GitlabAPIKey", { secrets: ["api_token"] }),
  one("GreyNoise", "grey_noise", "GreyNoiseAPIKey", { secrets: ["api_key"] }),
  one("LaunchDarkly", "launch_darkly", "LaunchDarklyAPIKey", {
    secrets: ["api_token"],
  }),
  one("Notion", "notion", "NotionAPIKey", { secrets: ["api_token"] }),
  one("Okta", "okta", "OktaAPIToken", {
    plain: ["domain"],
    secrets: ["api_token"],
  }),
  one("OpenAI", "openai", "OpenAIAPIKey", { secrets: ["api_token"] }),
  one("ServiceNow", "service_now", "ServiceNowBasicAuth", {
    plain: ["instance", "username"],
    secrets: ["password"],
  }),
  one("Split", "split", "SplitAPIKey", { secrets: ["api_key"] }),
  one("Statsig", "statsig", "StatsigAPIKey", { secrets: ["api_key"] }),
  one("VirusTotal", "virus_total", "VirusTotalAPIKey", {
    secrets: ["api_key"],
  }),
];

/** The native types' fields whose change needs a new connection: whether one kind of credentials can take another's place is not known. */
export const immutableFields = fieldsByType(({ credentials }) =>
  credentials.length > 1 ? ["credentials_type"] : [],
);

/** Those that can be changed but not taken back. */
export const irremovableFields = fieldsByType(({ credentials }) =>
  credentials.flatMap(({ optional }) => optional),
);

function fieldsByType(
  fieldsOf: (integration: Integration) => readonly string[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    integrations
      .map((integration): [string, readonly string[]] => [
        `datadog:${integration.type}`,
        fieldsOf(integration),
      ])
      .filter(([, fields]) => fields.length > 0),
  );
}

function one(
  type: string,
  block: string,
  credentialsType: string,
  fields: Partial<Credentials>,
): Integration {
  return { type, block, credentials: [credentials(credentialsType, fields)] };
}

function credentials(type: string, fields: Partial<Credentials>): Credentials {
  return { plain: [], optional: [], secrets: [], given: [], ...fields, type };
}

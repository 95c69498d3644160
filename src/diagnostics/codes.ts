/**
 * Every kind of failure that Patchbay can report, with the summary that users
 * see for it. The code is stable: scripts and support answers may rely on it.
 * A summary is the same for the same kind and holds no user data.
 */
export const diagnosticSummaries = {
  // What was declared
  unknown_type: "Unknown connection type",
  unknown_field: "Unknown field",
  invalid_field: "Invalid field value",
  missing_field: "Missing required field",
  invalid_configuration: "Invalid connection configuration",
  secret_in_config: "Secret among plain fields",
  plain_field_in_secrets: "Plain field in secrets",
  literal_secret: "Secret given in clear",
  doubtful_secret: "Secret hardly meant like that",
  invalid_name: "Invalid name",
  invalid_owner: "Invalid owner",
  invalid_id: "Invalid id",
  duplicate_name: "Name declared twice",
  inexact_number: "Number too precise",
  conflicting_arguments: "Conflicting arguments",
  missing_argument: "Missing argument",
  unsupported: "Not supported by this platform",
  mixed_frameworks: "Constructs of another framework",
  client_too_old: "Terraform version too old",

  // What is there
  not_found: "Object not found",
  already_exists: "Object already exists",
  several_exist: "Several objects exist already",
  taken_over: "Existing object taken over",
  circular_names: "Names exchanged in a circle",
  attachment_missing: "Connection not attached",
  in_use: "Object still in use",
  deletion_protected: "Deletion protection is on",
  replaces_connection: "Connection is replaced",
  secrets_kept: "Secrets stay as they are",
  secrets_sent_along: "Secrets sent along",
  destination_changed: "Secret goes somewhere else",
  conflict: "Changed by somebody else",
  parent_changed: "Connection changed since the plan",
  outcome_unknown: "Outcome not known",
  secret_would_be_lost: "Secret would be lost",
  verification_failed: "Connection test failed",

  // Access to the platform
  not_known_yet: "Provider not known yet",
  missing_credential: "Missing credential",
  unauthorized: "Credential refused",
  forbidden: "Permission denied",
  unreachable: "Platform not reachable",
  tls_failure: "TLS connection failed",
  rate_limited: "Rate limit reached",
  platform_failure: "Platform failed",
  invalid_answer: "Unexpected answer from the platform",
  insecure_endpoint: "Insecure endpoint",
  cancelled: "Operation cancelled",

  // The hub's files
  hub_not_writable: "Hub not writable",
  hub_locked: "Hub locked",
  hub_too_new: "Hub from a newer version",
  hub_corrupted: "Hub file damaged",
  hub_key_missing: "Hub key missing",
  hub_key_wrong: "Hub key does not fit",
  hub_not_initialised: "Hub not initialised",

  // The command line and files
  invalid_usage: "Invalid command line",
  file_not_writable: "File not writable",
  file_not_readable: "File not readable",

  // Moving and importing
  move_refused: "Move not supported",
  import_failed: "Import not possible",

  internal_error: "Internal error",
} as const;

/** The stable code of a kind of failure. */
export type DiagnosticCode = keyof typeof diagnosticSummaries;

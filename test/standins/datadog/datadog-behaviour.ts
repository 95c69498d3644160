/** Where recordings and documents show Datadog in more than one way, or not at all: each way is a conformance subject. */
export interface DatadogBehaviour {
  /**
   * Whether answers leave tokens out, as since April 2026, or blank them, as in
   * recordings of 2025. "when_read": only answers to GET leave them out.
   * @default true
   */
  readonly omitTokens?: boolean | "when_read";
  /**
   * What answers hold besides what the document knows: as recorded in 2026; only
   * that nobody is known to have made the connection, as in some of March 2025;
   * or nothing, as in those before.
   * @default "all"
   */
  readonly undocumentedFields?: "all" | "null_creator" | "none";
  /** Whether tags are kept sorted and in small letters. Recordings show such tags only, sent just so. @default false */
  readonly normalizesTags?: boolean;
  /**
   * Whether a policy that leaves the caller no way to edit is refused unless
   * `allow_self_lockout` says otherwise, as documented for administrators. The
   * words and what exactly counts as being locked out are our inference.
   * @default true
   */
  readonly guardsLockout?: boolean;
}

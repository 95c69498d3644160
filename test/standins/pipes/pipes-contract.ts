import type { ContractOptions } from "../kit";

/** The vendor's document, in shared/specs. */
export const PIPES_DOCUMENT = "pipes-connections.yaml";

/** What the document leaves out although a client meets it, or will. */
export const pipesContractOptions: ContractOptions = {
  exceptions: [
    ...[
      "config_source",
      "credential_source",
      "desired_state",
      "handle_mode",
      "instance_type",
      "state",
      "status",
    ].map((field) => ({
      part: "answer" as const,
      about: `/${field}/type (object)`,
      reason:
        "The document calls its enumerations objects, but lists texts as their values.",
    })),
    {
      part: "request",
      about: "/instance_type/type (object)",
      reason: "The same, of what the vendor's own provider sends.",
    },
    {
      part: "answer",
      about: "the status 412",
      reason:
        "If-Match is described on every record, but no operation says what a stale one is answered with.",
    },
    {
      part: "answer",
      about: "the status 409",
      reason: "A new handle in a PATCH can be taken; only creations say so.",
    },
    {
      part: "answer",
      about: "the status 404",
      reason:
        "Every address below an organization, a workspace or a connection can be gone; only some operations say so.",
    },
  ],
};

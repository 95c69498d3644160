import type {
  Attachment,
  Connection,
  Link,
  ObservedAttachment,
  ObservedConnection,
  ObservedLink,
} from "../model";

/** Everything that is declared. */
export interface DesiredModel {
  readonly connections: readonly Connection[];
  readonly attachments: readonly Attachment[];
  readonly links: readonly Link[];
}

/** Everything that the platform shows. */
export interface ObservedModel {
  readonly connections: readonly ObservedConnection[];
  readonly attachments: readonly ObservedAttachment[];
  readonly links: readonly ObservedLink[];
}

/** A file of code, complete. */
export interface CodeFile {
  /** `connections.tf` */
  readonly name: string;
  readonly text: string;
}

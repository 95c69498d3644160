/** Who made an object and when, where the platform tells. */
export interface Creation {
  /** As the platform writes it, a time that `Date` understands. */
  readonly createdAt?: string | undefined;
  /** A name or an address, never a credential. */
  readonly createdBy?: string | undefined;
}

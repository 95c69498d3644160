/** A platform as a prop of the provider, and as the argument of its block that the prop becomes. */
export interface PlatformBlock {
  /** `astro` */
  readonly prop: string;
  /** What Terraform calls it. */
  readonly argument: string;
  readonly settings: readonly BlockSetting[];
}

/** A setting of a platform, likewise. */
export interface BlockSetting {
  /** `organizationId` */
  readonly prop: string;
  /** `organization_id` */
  readonly argument: string;
  readonly secret: boolean;
  /** It names a file or a folder; what it is where no plain setting is given. */
  readonly defaultPath?: string;
}

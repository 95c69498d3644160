/** The version of this release, the same as in package.json (a test compares them). */
export const PATCHBAY_VERSION = "0.1.0";

/** How platforms see us. */
export const USER_AGENT = `patchbay/${PATCHBAY_VERSION}`;

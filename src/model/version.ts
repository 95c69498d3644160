/** The version of this release, the same as in package.json (a test compares them). */
export const PATCHBAY_VERSION = "0.1.0";

import {
  catalogueExpectations,
  type PlatformExpectations,
} from "../../../src/testing";

/** The hub holds the catalogue's types as they are and refuses no name. */
export const hubExpectations: PlatformExpectations = catalogueExpectations;

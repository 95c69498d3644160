/** The platforms' examples with the real Terraform, each against its stand-in. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/acceptance/platforms/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};

/** With the real Terraform: the vendors' platforms, each against its stand-in, and what takes longer with the hub. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/acceptance/platforms/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};

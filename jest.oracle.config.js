/** The oracle's generated worlds, all of them, on every platform: npm run test:oracle. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/oracle/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};

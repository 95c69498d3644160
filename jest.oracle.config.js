/** The oracle's generated worlds, and the states of earlier builds, on every platform: npm run test:oracle. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    "<rootDir>/test/oracle/*.test.ts",
    "<rootDir>/test/states.test.ts",
  ],
  testPathIgnorePatterns: ["/node_modules/"],
};

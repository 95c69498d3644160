/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        sourceMaps: "inline",
      },
    ],
  },
  roots: ["<rootDir>/src", "<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // What takes longer: npm run test:platforms, test:oracle and test:real.
  testPathIgnorePatterns: [
    "/node_modules/",
    "/test/acceptance/platforms/",
    "/test/oracle/",
    "/test/states.test.ts",
    "/test/clients/",
  ],
  moduleNameMapper: { "^cdktf-patchbay$": "<rootDir>/src/index.ts" },
  testTimeout: 60_000,
  // Most of the time of the acceptance tests is Terraform's: one worker less than cores would leave one idle.
  maxWorkers: "100%",
};

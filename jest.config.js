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
  // Every platform with the real Terraform takes as long as all the rest: npm run test:platforms.
  testPathIgnorePatterns: ["/node_modules/", "/test/acceptance/platforms/"],
  moduleNameMapper: { "^cdktf-patchbay$": "<rootDir>/src/index.ts" },
  testTimeout: 60_000,
  // Most of the time of the acceptance tests is Terraform's: one worker less than cores would leave one idle.
  maxWorkers: "100%",
};

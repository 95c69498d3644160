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
  moduleNameMapper: { "^cdktf-patchbay$": "<rootDir>/src/index.ts" },
  testTimeout: 60_000,
};

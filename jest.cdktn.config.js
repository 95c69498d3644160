/** The tests of the constructs once more, on cdktn: the same sources with the framework's name replaced, as the package has them. */
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/src/constructs"],
  moduleNameMapper: { "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
};

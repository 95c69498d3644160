import javascript from "@eslint/js";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

// Formatting is prettier's business and layering that of test/architecture.test.ts; here is what can only be seen with types.
export default defineConfig(
  {
    ignores: [
      "dist/",
      "coverage/",
      "**/*.generated.ts",
      "**/cdktf.out/",
      "**/demo.out/",
      "bench.out/",
      "eslint.config.mjs",
      "jest.cdktn.config.js",
      "jest.config.js",
      "jest.oracle.config.js",
      "jest.platforms.config.js",
      "jest.real.config.js",
    ],
  },
  javascript.configs.recommended,
  typescript.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `require("./x") as typeof import("./x")` is how a module is loaded late, and at once, where waiting is not possible.
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/return-await": [
        "error",
        "error-handling-correctness-only",
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          ignoreRestSiblings: true,
          varsIgnorePattern: "^_",
          argsIgnorePattern: "^_",
        },
      ],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    // Messages come untyped off the wire; this folder is where they get their types.
    files: ["src/provider/wire/**"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  {
    // Commands for the terminal.
    files: ["bench/**", "scripts/**"],
    rules: { "no-console": "off" },
  },
);

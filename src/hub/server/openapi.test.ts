import { spawnSync } from "node:child_process";
import { openApiDocument } from "./openapi";
import { routes } from "./routes/routes";

test("every operation has an id of its own", () => {
  const ids = routes.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

/** The validator is an ES module, which jest on this Node cannot load. */
const validation = `
  import { Validator } from "@seriousme/openapi-schema-validator";
  import { readFileSync } from "node:fs";
  const outcome = await new Validator().validate(JSON.parse(readFileSync(0, "utf8")));
  process.stdout.write(JSON.stringify({ valid: outcome.valid, errors: outcome.errors ?? [] }));
`;

test("the document is valid OpenAPI 3.1", () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", validation],
    {
      cwd: __dirname,
      input: JSON.stringify(openApiDocument()),
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ valid: true, errors: [] });
});

import { openApiDocument } from "./openapi";
import { routes } from "./routes/routes";

test("every operation has an id of its own", () => {
  const ids = routes.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the document is valid OpenAPI 3.1", async () => {
  const { Validator } = await import("@seriousme/openapi-schema-validator");
  const outcome = await new Validator().validate(
    JSON.parse(JSON.stringify(openApiDocument())),
  );
  expect(outcome.errors ?? []).toEqual([]);
  expect(outcome.valid).toBe(true);
});

import { runCommand } from "../../test/support/run-command";

test("lists the types of the catalogue", async () => {
  const { exitCode, output } = await runCommand(["types"]);
  expect(exitCode).toBe(0);
  for (const type of [
    "amazon-s3",
    "elasticsearch",
    "generic",
    "http",
    "kafka",
    "mysql",
    "postgresql",
    "snowflake",
  ]) {
    expect(output).toMatch(new RegExp(`^${type} `, "m"));
  }
});

test("shows the fields of a type, and which of them are secret", async () => {
  const { output } = await runCommand(["types", "postgresql"]);
  expect(output).toMatch(/^FIELD +TYPE +REQUIRED +SECRET +DESCRIPTION$/m);
  expect(output).toMatch(/^password +string +yes +\S/m);
});

test("gives the whole schema as JSON", async () => {
  const { output } = await runCommand(["types", "snowflake", "--json"]);
  expect(JSON.parse(output)).toMatchObject({
    name: "snowflake",
    secret_fields: expect.arrayContaining(["password"]),
    fields: expect.arrayContaining([
      expect.objectContaining({
        name: "account",
        required: true,
        secret: false,
      }),
    ]),
    schema: { type: "object", additionalProperties: false },
  });
});

test("says of a platform's own type that its fields are not known", async () => {
  const { exitCode, errors } = await runCommand(["types", "pipes:github"]);
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^Object not found \(not_found\): "pipes:github" is a platform's own type/,
  );
});

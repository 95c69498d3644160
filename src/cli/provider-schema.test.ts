import { runCommand } from "../../test/support/run-command";

test("prints the schema in the form of Terraform, with or without --json", async () => {
  const plain = await runCommand(["provider", "schema"]);
  expect(await runCommand(["provider", "schema", "--json"])).toEqual(plain);
  expect(JSON.parse(plain.output)).toMatchObject({
    format_version: "1.0",
    provider_schemas: {
      "registry.terraform.io/patchbay/patchbay": {
        resource_schemas: {
          patchbay_connection: {
            block: { attributes: { name: { type: "string", required: true } } },
          },
        },
      },
    },
  });
});

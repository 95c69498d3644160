import { App, DataResource, TerraformStack } from "cdktf";

/** The floor of bench/synthesis.ts: the same arguments in cdktf's own resource. */
const app = new App();
const stack = new TerraformStack(app, "thousand");
for (let index = 0; index < 1000; index += 1) {
  new DataResource(stack, `db-${index}`, {
    input: {
      type: "postgresql",
      description: `Database ${index}`,
      config: {
        host: `db-${index}.example.com`,
        port: 5432,
        database: "app",
        login: "loader",
        schema: "public",
      },
    },
  });
}
app.synth();

import { Connection, PatchbayProvider } from "cdktf-patchbay";
import { App, TerraformStack } from "cdktf";

/** The app that bench/synthesis.ts measures. */
const app = new App();
const stack = new TerraformStack(app, "thousand");
new PatchbayProvider(stack, "patchbay", { organization: "acme" });
for (let index = 0; index < 1000; index += 1) {
  new Connection(stack, `db-${index}`, {
    type: "postgresql",
    description: `Database ${index}`,
    config: {
      host: `db-${index}.example.com`,
      port: 5432,
      database: "app",
      login: "loader",
      schema: "public",
    },
  });
}
app.synth();

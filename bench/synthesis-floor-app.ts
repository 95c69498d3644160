import { App, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * The floor of bench/synthesis.ts: the same arguments in a resource that does
 * nothing with them. cdktf's own DataResource takes more than a minute for them.
 */
class PlainResource extends TerraformResource {
  readonly #input: object;

  constructor(scope: Construct, id: string, input: object) {
    super(scope, id, { terraformResourceType: "terraform_data" });
    this.#input = input;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.#input };
  }
}

const app = new App();
const stack = new TerraformStack(app, "thousand");
for (let index = 0; index < 1000; index += 1) {
  new PlainResource(stack, `db-${index}`, {
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

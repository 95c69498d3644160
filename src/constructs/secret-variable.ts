import { TerraformStack, TerraformVariable } from "./framework";
import { Construct, type IConstruct } from "constructs";
import { errorDiagnostic, formatDiagnostic } from "../diagnostics";

/** Holds the variables of a stack; their addresses do not depend on it. */
const SCOPE_ID = "PatchbaySecrets";

export interface SecretVariableDeclaration {
  readonly storeInState?: boolean;
  readonly description?: string;
}

/**
 * The stack's variable of that name, declared when first asked for. It is
 * ephemeral unless one of its users keeps it in the state.
 */
export function secretVariable(
  scope: IConstruct,
  name: string,
  { storeInState = false, description }: SecretVariableDeclaration,
): TerraformVariable {
  const stack = TerraformStack.of(scope);
  const variables =
    stack.node.tryFindChild(SCOPE_ID) ?? new Construct(stack, SCOPE_ID);
  const variable =
    (variables.node.tryFindChild(name) as TerraformVariable | undefined) ??
    declare(variables, name);
  if (description !== undefined)
    variable.addOverride("description", description);
  // Absent rather than false: clients that need this do not know the argument.
  if (storeInState) variable.addOverride("ephemeral", undefined);
  return variable;
}

function declare(scope: IConstruct, name: string): TerraformVariable {
  const variable = new TerraformVariable(scope as Construct, name, {
    type: "string",
    sensitive: true,
    nullable: false,
  });
  variable.overrideLogicalId(name);
  variable.addOverride("ephemeral", true);
  variable.node.addValidation({ validate: () => nameFaults(name) });
  return variable;
}

function nameFaults(name: string): string[] {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) return [];
  return [
    formatDiagnostic(
      errorDiagnostic({
        code: "invalid_name",
        detail: `${JSON.stringify(name)} cannot be the name of a Terraform variable. Use letters, digits, "_" and "-", and begin with a letter.`,
      }),
    ),
  ];
}

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

/** Older clients, which do not know the argument, name it once per variable instead of their own age. */
const EPHEMERAL_NEEDS = ">= 1.11";

/**
 * While it is ephemeral, the stack says which clients know that; what the app says itself about versions holds.
 * Not in HCL: there cdktf writes an attribute of the terraform block that it does not know as `0 = "required_version"`.
 */
class SecretVariable extends TerraformVariable {
  override toTerraform(): Fragment {
    const fragment = super.toTerraform() as Fragment;
    const declaration = fragment.variable[this.friendlyUniqueId];
    return declaration?.ephemeral === true
      ? { ...fragment, terraform: { required_version: EPHEMERAL_NEEDS } }
      : fragment;
  }
}

interface Fragment {
  readonly variable: Readonly<
    Record<string, { readonly ephemeral?: boolean } | undefined>
  >;
  readonly terraform?: { readonly required_version: string };
}

function declare(scope: IConstruct, name: string): TerraformVariable {
  const variable = new SecretVariable(scope as Construct, name, {
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

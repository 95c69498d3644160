import { type Diagnostic, errorDiagnostic } from "../../diagnostics";

export interface MissingCredential {
  /** Who asks for what: `Turbot Pipes at acme.pipes.turbot.com asks for a token.` */
  readonly asks: string;
  /** The block in the provider's configuration, named like the platform. */
  readonly block: string;
  /** The settings that are missing, and the variables that would supply them. */
  readonly missing: readonly {
    readonly name: string;
    readonly variable: string;
  }[];
  /** What the block holds then: `token = var.pipes_token`. */
  readonly example: string;
  /** Where one is made. */
  readonly more?: string;
}

/** Names both ways to supply a credential. */
export function missingCredential({
  asks,
  block,
  missing,
  example,
  more,
}: MissingCredential): Diagnostic {
  const names = missing.map(({ name }) => JSON.stringify(name)).join(" and ");
  const variables = missing.map(({ variable }) => variable).join(" and ");
  const [first] = missing;
  return errorDiagnostic({
    code: "missing_credential",
    path: first === undefined ? [block] : [block, first.name],
    detail: `${asks} Set ${names} in the provider's ${block} block, from ${missing.length > 1 ? "variables" : "a variable"}:\n\n  ${block} = { ${example} }\n\nor set the environment variable${missing.length > 1 ? "s" : ""} ${variables}.${more === undefined ? "" : ` ${more}`}`,
  });
}

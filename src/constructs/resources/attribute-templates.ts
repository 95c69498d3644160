import { readUserValue } from "../user-value";

/** Attributes by their Terraform names, as given. */
export type Attributes = Readonly<Record<string, unknown>>;

/** For cdk.tf.json: a user's text becomes literal text, tokens stay. Undefined attributes are left out. */
export function jsonAttributes(
  attributes: Attributes,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, given]) =>
      given === undefined
        ? []
        : [[name, readUserValue(given, [name]).template]],
    ),
  );
}

/** For `cdktf synth --hcl`: the same, each with what cdktf's renderer must know. */
export function hclAttributes(templates: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, value]) => [
      name,
      typeof value === "string"
        ? { value, isBlock: false, type: "simple", storageClassType: "string" }
        : { value, isBlock: false, type: "any", storageClassType: "any" },
    ]),
  );
}

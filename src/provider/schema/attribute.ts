import {
  BOOL,
  type CtyType,
  DYNAMIC,
  listOf,
  mapOf,
  NUMBER,
  type SchemaAttribute,
  setOf,
  STRING,
} from "../wire";

/** Whether and by whom an attribute is given a value. */
type Kind = "required" | "optional" | "computed" | "optional_computed";

interface AttributeOptions {
  readonly kind: Kind;
  readonly description: string;
  readonly sensitive?: boolean;
  /**
   * Never stored, so never `sensitive` as well: Terraform up to 1.15 keeps the list of sensitive attributes in random
   * order, and takes two of them for a change in every plan that only refreshes.
   */
  readonly writeOnly?: boolean;
}

const flags: Readonly<
  Record<Kind, Pick<SchemaAttribute, "required" | "optional" | "computed">>
> = {
  required: { required: true },
  optional: { optional: true },
  computed: { computed: true },
  optional_computed: { optional: true, computed: true },
};

/** One attribute of a schema, described in Markdown. */
export function attribute(
  name: string,
  type: CtyType,
  options: AttributeOptions,
): SchemaAttribute {
  return { name, type, ...described(options) };
}

/** An attribute written with `= { … }` whose fields are declared one by one. */
export function nestedAttribute(
  name: string,
  attributes: readonly SchemaAttribute[],
  options: AttributeOptions & { readonly nesting?: "single" | "list" },
): SchemaAttribute {
  return {
    name,
    nestedType: { attributes, nesting: options.nesting ?? "single" },
    ...described(options),
  };
}

function described({
  kind,
  description,
  sensitive,
  writeOnly,
}: AttributeOptions): Omit<SchemaAttribute, "name"> {
  return {
    ...flags[kind],
    description,
    descriptionKind: "markdown",
    ...(sensitive === true ? { sensitive } : {}),
    ...(writeOnly === true ? { writeOnly } : {}),
  };
}

export { BOOL, DYNAMIC, listOf, mapOf, NUMBER, setOf, STRING };

import type { AstroBehaviour, Fields } from "./astro-world";

/**
 * Two of the ways to log in that Astro's catalogue knows. The id of the first is
 * in the vendor's examples; the second is known by its name only, and stands for
 * those that keep a secret in `extra`.
 */
const authTypes: readonly Fields[] = [
  snowflake("snowflake-password", "Password", [
    parameter("login", "Username"),
    parameter("password", "Password", { isSecret: true }),
    parameter("account", "Account", { isInExtra: true }),
  ]),
  snowflake("snowflake-private-key-content", "Private Key (Content)", [
    parameter("login", "Username"),
    parameter("account", "Account", { isInExtra: true }),
    parameter("private_key_content", "Private Key (Content)", {
      isSecret: true,
      isInExtra: true,
    }),
  ]),
];

/** Undefined where the catalogue does not know it, which fails no request. */
export function authTypeOf(
  id: string | undefined,
  { knowsAuthTypes }: AstroBehaviour,
): Fields | undefined {
  return knowsAuthTypes
    ? authTypes.find((authType) => authType["id"] === id)
    : undefined;
}

/** The keys of `extra` that it marks as secret. */
export function secretKeysOf(
  id: string | undefined,
  behaviour: AstroBehaviour,
): readonly string[] {
  const { parameters = [] } = (authTypeOf(id, behaviour) ?? {}) as {
    readonly parameters?: readonly ReturnType<typeof parameter>[];
  };
  return parameters.flatMap(({ airflowParamName, isSecret, isInExtra }) =>
    isSecret && isInExtra ? [airflowParamName] : [],
  );
}

function snowflake(
  id: string,
  name: string,
  parameters: readonly ReturnType<typeof parameter>[],
): Fields {
  return {
    id,
    name: `Snowflake - ${name}`,
    authMethodName: name,
    airflowType: "snowflake",
    description: name,
    providerPackageName: "apache-airflow-providers-snowflake",
    parameters,
  };
}

function parameter(
  airflowParamName: string,
  friendlyName: string,
  { isSecret = false, isInExtra = false } = {},
) {
  return {
    airflowParamName,
    friendlyName,
    dataType: "string",
    description: friendlyName,
    isRequired: true,
    isSecret,
    isInExtra,
  };
}

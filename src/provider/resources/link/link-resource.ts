import {
  checkName,
  effective,
  formatConnectionKey,
  formatLinkKey,
  isObject,
  overriddenFields,
  parseConnectionKey,
  parseLinkKey,
} from "../../../model";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { linkSchema } from "../../schema/places";
import { recordOfSchema } from "../../schema/schema-type";
import { faultsOf, need, numberOf, textOf, valueOf } from "../../state/record";
import { secretsDrifted } from "../../state/secrets-plan";
import { withSpelling } from "../../state/values";
import type { CtyRecord } from "../../wire";
import type { ProviderContext } from "../../provider-context";
import type { ReadRequest, Resource, StateAnswer } from "../resource";
import { checkSecretArguments, overrideSecrets } from "../secret-arguments";
import { linkKeyOf } from "./link-arguments";
import { planLink } from "./link-plan";
import { deleteLink, writeLink } from "./link-write";

/** patchbay_deployment_link */
export const linkResource: Resource = {
  typeName: "patchbay_deployment_link",
  schema: linkSchema,
  validate: validateLink,
  read: readLink,
  plan: planLink,
  create: (request, context) => writeLink({ ...request, prior: null }, context),
  update: writeLink,
  delete: deleteLink,
  import(id) {
    return recordOfSchema(linkSchema, {
      id: formatLinkKey(need(parseLinkKey(id))),
    });
  },
};

function validateLink(config: CtyRecord): readonly Diagnostic[] {
  const deployment = textOf(config, "deployment");
  const faults: Diagnostic[] = [];
  for (const name of ["overrides", "override_secrets", "override_secrets_wo"]) {
    const value = valueOf(config, name, faults);
    if (value !== null && typeof value !== "symbol" && !isObject(value))
      faults.push(notAnObject(name));
  }
  return [
    ...faultsOf(textOf(config, "connection_id"), parseConnectionKey, [
      "connection_id",
    ]),
    ...(typeof deployment === "string"
      ? checkName(deployment, ["deployment"])
      : []),
    ...checkSecretArguments(config, overrideSecrets),
    ...faults,
  ];
}

async function readLink(
  { state, remembered }: ReadRequest,
  context: ProviderContext,
): Promise<StateAnswer> {
  const { snapshot } = context.require();
  const key = linkKeyOf(state);
  const [observed, parent] = await Promise.all([
    snapshot.links.tryFind(key),
    snapshot.connections.tryFind(key.connection),
  ]);
  if (observed === undefined || parent === undefined)
    return { state: null, remembered: {} };
  const drifted = secretsDrifted(remembered, {
    fields: observed.overrideSecretFields,
    version: observed.overrideSecretsVersion,
  });
  const { concurrencyToken } = observed;
  return {
    state: recordOfSchema(linkSchema, {
      ...state,
      override_secrets_wo: null,
      id: formatLinkKey(observed),
      connection_id: formatConnectionKey(observed.connection),
      deployment: observed.deployment,
      overrides: withSpelling({
        type: parent.type,
        observed: observed.overrides,
        written: state["overrides"] ?? null,
        nullsMatter: true,
      }),
      platform_id: observed.platformId,
      effective: withSpelling({
        type: parent.type,
        observed: effective(parent.config, observed.overrides),
        written: state["effective"] ?? null,
        nullsMatter: false,
      }),
      overridden_fields: [
        ...overriddenFields(observed.overrides),
        ...(observed.overrideSecretFields ?? remembered.secretFields ?? []),
      ].sort(),
      override_secrets_revision: drifted
        ? 0
        : (numberOf(state, overrideSecrets.revision) ?? 0),
    }),
    remembered: {
      ...remembered,
      ...(concurrencyToken === undefined ? {} : { concurrencyToken }),
    },
  };
}

function notAnObject(name: string): Diagnostic {
  return errorDiagnostic({
    code: "invalid_field",
    path: [name],
    detail: `${name} must be an object of fields, for example ${name} = { schema = "PROD" }.`,
  });
}

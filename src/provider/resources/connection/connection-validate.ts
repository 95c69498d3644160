import {
  type Diagnostic,
  didYouMean,
  errorDiagnostic,
} from "../../../diagnostics";
import { checkConnectionType, checkFields } from "../../../catalog";
import { checkName, KNOWN_AFTER_APPLY, parseOwner } from "../../../model";
import { type CtyRecord, isRecord } from "../../wire";
import { faultsOf, textOf, textsOf, valueOf } from "../../state/record";
import {
  checkSecretArguments,
  connectionSecrets,
  declaredSecrets,
} from "../secret-arguments";

/** Everything wrong with a connection's arguments by themselves. */
export function validateConnection(config: CtyRecord): readonly Diagnostic[] {
  const name = textOf(config, "name");
  return [
    ...(typeof name === "string" ? checkName(name, ["name"]) : []),
    ...faultsOf(textOf(config, "owner"), parseOwner, ["owner"]),
    ...checkSecretArguments(config, connectionSecrets),
    ...checkVerify(config),
    ...checkAutoLink(config),
    ...checkAccess(config),
    ...checkTypedFields(config),
  ];
}

function checkTypedFields(config: CtyRecord): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  const fields = valueOf(config, "config", faults);
  const secrets = declaredSecrets(config, connectionSecrets, faults);
  const type = textOf(config, "type");
  if (typeof type !== "string") return faults;
  const typeFaults = checkConnectionType(type, ["type"]);
  if (typeFaults.length > 0) return [...faults, ...typeFaults];
  return [
    ...faults,
    ...checkFields({
      type,
      config: fields ?? undefined,
      secrets: secrets.value ?? undefined,
      secretsPath: secrets.argument,
      secretsComplete: secrets.value !== null,
    }),
  ];
}

const verifyModes = ["off", "on_change"];

function checkVerify(config: CtyRecord): readonly Diagnostic[] {
  const verify = textOf(config, "verify");
  if (
    verify === undefined ||
    verify === KNOWN_AFTER_APPLY ||
    verifyModes.includes(verify)
  )
    return [];
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: ["verify"],
      detail: `${JSON.stringify(verify)} is not a mode of verify. Write "on_change" to test the connection before it is created or changed, or "off".${didYouMean(verify, verifyModes)}`,
    }),
  ];
}

function checkAutoLink(config: CtyRecord): readonly Diagnostic[] {
  const except = textsOf(config, "auto_link_except");
  const off = config["auto_link"] === false || config["auto_link"] === null;
  if (except === undefined || except.length === 0 || !off) return [];
  return [
    errorDiagnostic({
      code: "conflicting_arguments",
      path: ["auto_link_except"],
      detail:
        "auto_link_except has no effect without auto-link. Set auto_link = true, or remove auto_link_except.",
    }),
  ];
}

const principalForm = /^((user|team|role|org)\/.+|tenant)$/;

function checkAccess(config: CtyRecord): readonly Diagnostic[] {
  const access = config["access"] ?? null;
  if (!isRecord(access)) return [];
  return ["view", "use", "edit"].flatMap((name) =>
    (textsOf(access, name) ?? [])
      .filter((principal) => !principalForm.test(principal))
      .map((principal) =>
        errorDiagnostic({
          code: "invalid_field",
          path: ["access", name],
          detail: `${JSON.stringify(principal)} does not say who is meant. Write user/NAME, team/NAME, role/NAME, org/NAME or tenant, for example "user/jane".`,
        }),
      ),
  );
}

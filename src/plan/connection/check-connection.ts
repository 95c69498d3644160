import {
  type Diagnostic,
  didYouMean,
  errorDiagnostic,
} from "../../diagnostics";
import { checkConnectionType, checkFields } from "../../catalog";
import { checkName } from "../../model";
import type { DeclaredAccess, DeclaredConnection } from "../declared";
import { soundingWarnings } from "../sounding";
import { knownOf } from "../known";

/** Everything wrong with a connection's arguments by themselves; parts may be unknown, and no platform is needed. The form of the owner is left to planning, as that of ids is. */
export function checkConnection(
  declared: DeclaredConnection,
): readonly Diagnostic[] {
  const name = knownOf(declared.name);
  return [
    ...(name === undefined ? [] : checkName(name, ["name"])),
    ...checkVerify(knownOf(declared.verify)),
    ...checkAccess(knownOf(declared.access)),
    ...checkTypedFields(declared),
  ];
}

function checkTypedFields(declared: DeclaredConnection): readonly Diagnostic[] {
  const { config, secrets } = declared;
  const type = knownOf(declared.type);
  if (type === undefined) return [];
  const typeFaults = checkConnectionType(type, ["type"]);
  if (typeFaults.length > 0) return typeFaults;
  const given = secrets.value.reveal();
  return [
    ...checkFields({
      type,
      config: config ?? undefined,
      secrets: given ?? undefined,
      secretsPath: secrets.argument,
      secretsComplete: given !== null,
    }),
    ...soundingWarnings({
      type,
      argument: "config",
      value: config,
      secretsArgument: secrets.argument,
    }),
  ];
}

const verifyModes = ["off", "on_change"];

function checkVerify(verify: string | undefined): readonly Diagnostic[] {
  if (verify === undefined || verifyModes.includes(verify)) return [];
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: ["verify"],
      detail: `${JSON.stringify(verify)} is not a mode of verify. Write "on_change" to test the connection before it is created or changed, or "off".${didYouMean(verify, verifyModes)}`,
    }),
  ];
}

/** Which kinds there are is the platform's to say, once it is known. */
const principalForm = /^((user|team|role|org)\/.+|tenant)$/;

function checkAccess(
  access: DeclaredAccess | undefined,
): readonly Diagnostic[] {
  return (["view", "use", "edit"] as const).flatMap((name) =>
    (knownOf(access?.[name]) ?? [])
      .filter((principal) => !principalForm.test(principal))
      .map((principal) =>
        errorDiagnostic({
          code: "invalid_field",
          path: ["access", name],
          detail: `${JSON.stringify(principal)} does not say who is meant. Write KIND/NAME, for example "team/data"; which kinds there are is the platform's to say.`,
        }),
      ),
  );
}

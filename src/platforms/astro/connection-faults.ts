import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import type { Connection } from "../../model";
import { encodeConnection } from "./types/translation";

const MAX_DESCRIPTION_LENGTH = 500;

/** Everything that Astro cannot hold of a connection, whatever is there. Asks nobody. */
export function connectionFaults(
  connection: Connection,
): readonly Diagnostic[] {
  const { type, config, secrets } = connection;
  const encoded = encodeConnection({
    type,
    config,
    secrets: secrets?.reveal(),
  });
  return [
    ...nameFaults(connection),
    ...descriptionFaults(connection),
    ...autoLinkFaults(connection),
    ...(encoded.ok ? [] : encoded.diagnostics),
  ];
}

/** Names that Airflow would not take as a connection id. */
function nameFaults({ name }: Connection): readonly Diagnostic[] {
  if (/^[\p{L}\p{N}_#!()\-.:/\\]+$/u.test(name)) return [];
  return [
    errorDiagnostic({
      code: "invalid_name",
      path: ["name"],
      detail: `${JSON.stringify(name)} cannot be the id of a connection in Airflow. Use letters, digits and the characters _ # ! ( ) - . : \\ only.`,
    }),
  ];
}

function descriptionFaults({
  description = "",
}: Connection): readonly Diagnostic[] {
  const { length } = [...description];
  if (length <= MAX_DESCRIPTION_LENGTH) return [];
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: ["description"],
      detail: `The description has ${length} characters; Astro keeps at most ${MAX_DESCRIPTION_LENGTH}. Shorten it.`,
    }),
  ];
}

/** What a connection of a deployment cannot have. */
function autoLinkFaults({
  owner,
  autoLink,
  autoLinkExcept = [],
}: Connection): readonly Diagnostic[] {
  if (owner.kind !== "deployment") return [];
  const given = [
    ...(autoLink === true ? ["auto_link"] : []),
    ...(autoLinkExcept.length > 0 ? ["auto_link_except"] : []),
  ];
  return given.map((argument) =>
    errorDiagnostic({
      code: "unsupported",
      path: [argument],
      detail: `On Astro, only connections of a workspace are linked to deployments; this one belongs to the deployment ${owner.name}. Remove ${argument}, or let the workspace own the connection: owner = "workspace/NAME".`,
    }),
  );
}

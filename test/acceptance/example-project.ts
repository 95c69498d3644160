import type { TerraformProject } from "./terraform-project";

/** As the examples' READMEs say for tools that have no write-only arguments. */
export function withoutWriteOnly(project: TerraformProject): void {
  for (const name of project.files().keys()) {
    if (!name.endsWith(".tf")) continue;
    project.write(
      name,
      project
        .read(name)
        .replaceAll("secrets_wo", "secrets")
        .replaceAll(/ephemeral( +)= true/g, "sensitive$1= true")
        .replace(/ *required_version.*\n/, ""),
    );
  }
}

/** The values of the variables that hold secrets. */
export function setSecrets(
  project: TerraformProject,
  secrets: Readonly<Record<string, string>>,
): void {
  project.write(
    "secrets.auto.tfvars",
    Object.entries(secrets)
      .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
      .join(""),
  );
}

import { inflateRawSync } from "node:zlib";
import type { TerraformProject } from "./terraform-project";

/** Everything that was written; of the plan, which is a zip file, what is in it. */
export function searchedFiles(
  project: TerraformProject,
): ReadonlyMap<string, Buffer> {
  return new Map(
    [...project.files()].map(([name, bytes]) => [
      name,
      name.endsWith("plan.bin") ? unzipped(bytes) : bytes,
    ]),
  );
}

/** The contents of a zip file, one after the other, after the file itself. */
function unzipped(zip: Buffer): Buffer {
  const parts = [zip];
  const centralEntry = Buffer.from("PK\u0001\u0002", "latin1");
  for (
    let at = zip.indexOf(centralEntry);
    at >= 0;
    at = zip.indexOf(centralEntry, at + 4)
  ) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const start =
      local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    parts.push(method === 8 ? inflateRawSync(bytes) : bytes);
  }
  expect(parts.length).toBeGreaterThan(2);
  return Buffer.concat(parts);
}

/** Names of the files that hold the value, as it is or in base64. */
export function filesWith(
  files: ReadonlyMap<string, Buffer>,
  value: string,
): readonly string[] {
  const forms = [
    value,
    Buffer.from(value).toString("base64").replaceAll("=", ""),
    Buffer.from(value).toString("hex"),
  ];
  return [...files]
    .filter(([, bytes]) => forms.some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

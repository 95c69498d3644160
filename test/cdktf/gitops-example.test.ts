import { DataPlatformStack } from "../../examples/gitops/data-platform-stack";
import { listConnectionTypes } from "../../src/catalog";
import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import type { TerraformDocument } from "./synthesis";

function synthesized(stagingSchema?: string): TerraformDocument {
  const outdir = mkdtempSync(join(tmpdir(), "patchbay-gitops-"));
  try {
    const stack = new DataPlatformStack(new App({ outdir }), "data-platform", {
      hubPath: "/srv/hub",
      stagingSchema,
    });
    return JSON.parse(Testing.synth(stack, true)) as TerraformDocument;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const { resource, variable } = synthesized();
const all = (type: string) => Object.values(resource[type] ?? {});

test("the example is valid, and uses every connection type of the catalogue", () => {
  const types = new Set(all("patchbay_connection").map(({ type }) => type));
  expect([...types].sort()).toEqual(
    listConnectionTypes().map(({ name }) => name),
  );
  expect(all("patchbay_connection").length).toBeGreaterThanOrEqual(12);
  expect(all("patchbay_workspace")).toHaveLength(3);
  expect(all("patchbay_deployment")).toHaveLength(5);
});

test("its secrets are references, all of them to ephemeral variables", () => {
  const leaves = [
    ...all("patchbay_connection").map((connection) => connection["secrets_wo"]),
    ...all("patchbay_deployment_link").map(
      (link) => link["override_secrets_wo"],
    ),
  ].flatMap(
    (secrets) => JSON.stringify(secrets ?? {}).match(/"[^"]*"(?=[,}])/g) ?? [],
  );
  expect(leaves.length).toBeGreaterThan(10);
  for (const leaf of leaves) expect(leaf).toMatch(/^"\$\{var\.[A-Z0-9_]+\}"$/);
  for (const declaration of Object.values(variable))
    expect(declaration).toMatchObject({ ephemeral: true, sensitive: true });
});

test("one setting changes exactly one override", () => {
  const before = JSON.stringify(synthesized());
  const after = JSON.stringify(synthesized("STAGING_NEXT"));
  expect(after.split("STAGING_NEXT")).toHaveLength(2);
  expect(after.replace("STAGING_NEXT", "STAGING")).toBe(before);
});

test("one connection links itself everywhere but in one place", () => {
  expect(
    all("patchbay_connection").filter(
      (connection) => connection["auto_link"] === true,
    ),
  ).toMatchObject([
    {
      name: "lake",
      auto_link_except: ["${patchbay_deployment.monitoring.name}"],
    },
  ]);
});

import { readLock, withLocked } from "./lock-file";

const ours = "registry.terraform.io/patchbay/patchbay";
const others = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/null" {
  version     = "3.2.4"
  constraints = "3.2.4"
  hashes = [
    "h1:hkf5w5B6q8e2A42ND2CjAvgvSN3puAosDmOJb3zCVQM=",
    "zh:59f6b52ab4ff35739647f9509ee6d93d7c032985d9f8c6237d1f8a59471bbbe2",
  ]
}
`;

test("a provider is added to a file that is not there yet", () => {
  expect(withLocked("", { address: ours, version: "0.1.0", hashes: [] }))
    .toMatchInlineSnapshot(`
"# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/patchbay/patchbay" {
  version     = "0.1.0"
  constraints = "0.1.0"
}
"
`);
});

test("what other providers have stays byte for byte", () => {
  const added = withLocked(others, {
    address: ours,
    version: "0.1.0",
    hashes: ["h1:a="],
  });
  expect(added.startsWith(others)).toBe(true);
  const replaced = withLocked(added, {
    address: ours,
    version: "0.2.0",
    hashes: [],
  });
  expect(replaced.startsWith(others)).toBe(true);
  expect(readLock(replaced)).toEqual([
    {
      address: "registry.terraform.io/hashicorp/null",
      version: "3.2.4",
      hashes: [
        "h1:hkf5w5B6q8e2A42ND2CjAvgvSN3puAosDmOJb3zCVQM=",
        "zh:59f6b52ab4ff35739647f9509ee6d93d7c032985d9f8c6237d1f8a59471bbbe2",
      ],
    },
    { address: ours, version: "0.2.0", hashes: [] },
  ]);
});

test("replacing with the same changes nothing", () => {
  const provider = { address: ours, version: "0.1.0", hashes: ["h1:a="] };
  const once = withLocked(others, provider);
  expect(withLocked(once, provider)).toBe(once);
});

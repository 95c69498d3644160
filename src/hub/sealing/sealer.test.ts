import { randomBytes } from "node:crypto";
import { PatchbayError } from "../../diagnostics";
import { sealerOf } from "./sealer";

const key = randomBytes(32);
const sealer = sealerOf(key);
const secrets = { password: "planted-secret", nested: { token: "ä" } };

test("what is sealed opens at its place", () => {
  const sealed = sealer.seal("conn_1", secrets);
  expect(sealer.unseal("conn_1", sealed)).toEqual(secrets);
  expect(Buffer.from(sealed, "base64").includes("planted")).toBe(false);
});

test("the same secrets never look the same twice", () => {
  expect(sealer.seal("conn_1", secrets)).not.toBe(
    sealer.seal("conn_1", secrets),
  );
});

test("every changed byte is noticed", () => {
  const bytes = Buffer.from(sealer.seal("conn_1", secrets), "base64");
  for (let index = 0; index < bytes.length; index++) {
    const tampered = Buffer.from(bytes);
    tampered[index]! ^= 1;
    expect(() => sealer.unseal("conn_1", tampered.toString("base64"))).toThrow(
      PatchbayError,
    );
  }
});

test.each<[string, () => unknown]>([
  [
    "at another place",
    () => sealer.unseal("conn_2", sealer.seal("conn_1", secrets)),
  ],
  [
    "with another key",
    () =>
      sealerOf(randomBytes(32)).unseal(
        "conn_1",
        sealer.seal("conn_1", secrets),
      ),
  ],
  [
    "when cut short",
    () => sealer.unseal("conn_1", sealer.seal("conn_1", secrets).slice(0, 20)),
  ],
])("it does not open %s, and the refusal shows nothing of it", (_, open) => {
  expect(open).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("hub_corrupted"),
    }),
  );
  expect(open).not.toThrow(/planted/);
});

test("digests are equal for equal content only, and need the key", () => {
  expect(sealer.digest({ a: 1, b: 2 })).toBe(sealer.digest({ b: 2, a: 1 }));
  expect(sealer.digest({ a: 1 })).not.toBe(sealer.digest({ a: 2 }));
  expect(sealer.digest({ a: 1 })).not.toBe(
    sealerOf(randomBytes(32)).digest({ a: 1 }),
  );
});

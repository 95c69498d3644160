import {
  MAGIC_COOKIE_KEY,
  MAGIC_COOKIE_VALUE,
  decideHandshake,
  handshakeLine,
} from "./handshake";

const cookie = { [MAGIC_COOKIE_KEY]: MAGIC_COOKIE_VALUE };

test.each([
  ["without the cookie", {}, "not meant to be run by hand"],
  [
    "with another cookie",
    { [MAGIC_COOKIE_KEY]: "x" },
    "not meant to be run by hand",
  ],
  [
    "for protocol 5 only",
    { ...cookie, PLUGIN_PROTOCOL_VERSIONS: "5" },
    "speaks plugin protocol 6",
  ],
])("started %s it refuses, in one line", (_, env, hint) => {
  const decision = decideHandshake(env);
  expect(decision).toEqual({
    kind: "refuse",
    hint: expect.stringContaining(hint),
  });
  expect(JSON.stringify(decision)).not.toContain("\\n");
});

test.each(["5,6", "6,5", "6"])("offered %s it serves", (versions) => {
  expect(
    decideHandshake({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: versions }),
  ).toEqual({ kind: "serve" });
});

test("the client's certificate is taken over, an empty one is none", () => {
  expect(decideHandshake({ ...cookie, PLUGIN_CLIENT_CERT: "PEM" })).toEqual({
    kind: "serve",
    clientCertificate: "PEM",
  });
  expect(decideHandshake({ ...cookie, PLUGIN_CLIENT_CERT: "" })).toEqual({
    kind: "serve",
  });
});

test("the handshake line has six fields", () => {
  expect(
    handshakeLine({ network: "unix", address: "/tmp/plugin1" }, "QUJD"),
  ).toBe("1|6|unix|/tmp/plugin1|grpc|QUJD");
  expect(handshakeLine({ network: "tcp", address: "127.0.0.1:10000" })).toBe(
    "1|6|tcp|127.0.0.1:10000|grpc|",
  );
});

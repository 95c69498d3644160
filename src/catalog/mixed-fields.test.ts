import { formatPath } from "../diagnostics";
import { KNOWN_AFTER_APPLY, type Value } from "../model";
import { combineFields } from "./combined-fields";
import type { ConnectionType } from "./connection-type";
import { checkPlacement } from "./placement";
import { placesOfFields } from "./places";
import { isSecretPath } from "./secret-fields";

/** A type with an object that holds plain and secret fields side by side; none of ours needs it yet. */
const tunnelled: ConnectionType = {
  name: "tunnelled",
  title: "Tunnelled",
  description: "Something behind a tunnel.",
  connectionStringFields: [],
  destinationFields: [],
  connectionString: () => undefined,
  schema: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "tunnelled",
    title: "Tunnelled",
    description: "Something behind a tunnel.",
    type: "object",
    additionalProperties: false,
    properties: {
      host: { type: "string" },
      tunnel: {
        type: "object",
        additionalProperties: false,
        properties: {
          user: { type: "string" },
          key: { type: "string", writeOnly: true },
        },
      },
    },
  },
};

const places = placesOfFields("secrets");
const placement = (side: "plain" | "secret", value: Value) =>
  checkPlacement({ type: tunnelled, value, side, places }).map(
    ({ code, path }) => `${code} at ${formatPath(path)}`,
  );

test("each part of an object that holds both stands on its own side", () => {
  expect(placement("plain", { tunnel: { user: "u" } })).toEqual([]);
  expect(placement("secret", { tunnel: { key: "k" } })).toEqual([]);
  expect(placement("plain", { tunnel: { key: "k" } })).toEqual([
    "secret_in_config at config.tunnel.key",
  ]);
  expect(placement("secret", { tunnel: { user: "u" } })).toEqual([
    "plain_field_in_secrets at secrets.tunnel.user",
  ]);
  expect(placement("plain", { tunnel: { usr: "u" } })).toEqual([
    "unknown_field at config.tunnel.usr",
  ]);
});

test("both sides make one object", () => {
  const combine = (config: Value, secrets: Value, secretsComplete = true) =>
    combineFields({
      schema: tunnelled.schema,
      config,
      secrets,
      secretsComplete,
    });
  expect(combine({ tunnel: { user: "u" } }, { tunnel: { key: "k" } })).toEqual({
    tunnel: { user: "u", key: "k" },
  });
  expect(combine({ host: "h" }, { tunnel: { key: "k" } })).toEqual({
    host: "h",
    tunnel: { key: "k" },
  });
  expect(combine({ tunnel: "u" }, { tunnel: { key: "k" } })).toEqual({
    tunnel: "u",
  });
  expect(combine({ tunnel: { user: "u" } }, {}, false)).toEqual({
    tunnel: { user: "u", key: KNOWN_AFTER_APPLY },
  });
  expect(combine(KNOWN_AFTER_APPLY, { tunnel: { key: "k" } })).toEqual({
    host: KNOWN_AFTER_APPLY,
    tunnel: { user: KNOWN_AFTER_APPLY, key: "k" },
  });
});

test("only the secret part of it is secret", () => {
  expect(isSecretPath(tunnelled.schema, ["tunnel"])).toBe(false);
  expect(isSecretPath(tunnelled.schema, ["tunnel", "user"])).toBe(false);
  expect(isSecretPath(tunnelled.schema, ["tunnel", "key"])).toBe(true);
});

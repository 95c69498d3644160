import type { ConnectionTypeSchema } from "../catalog";
import { fieldRules, fieldsOf } from "./type-fields";

const schema: ConnectionTypeSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "test",
  title: "Test",
  description: "A test.",
  type: "object",
  required: ["host"],
  properties: {
    host: { type: "string", description: "Where." },
    mode: { enum: ["a", "b"] },
    brokers: { type: "array", items: { type: "string" } },
    headers: { type: "object", additionalProperties: { type: "string" } },
    login: {
      type: "object",
      writeOnly: true,
      required: ["user"],
      properties: { user: { type: "string" } },
    },
  },
  oneOf: [{ required: ["mode"] }, { required: ["brokers", "headers"] }],
  anyOf: [{ required: ["mode"] }],
  not: { anyOf: [{ required: ["mode", "login"] }] },
  dependentRequired: { login: ["host"] },
};

test("every field is a row, those of an object below it and as secret as it", () => {
  expect(fieldsOf(schema)).toEqual([
    {
      name: "host",
      type: "string",
      required: true,
      secret: false,
      description: "Where.",
    },
    {
      name: "mode",
      type: '"a" | "b"',
      required: false,
      secret: false,
      description: "",
    },
    {
      name: "brokers",
      type: "list of string",
      required: false,
      secret: false,
      description: "",
    },
    {
      name: "headers",
      type: "map of string",
      required: false,
      secret: false,
      description: "",
    },
    {
      name: "login",
      type: "object",
      required: false,
      secret: true,
      description: "",
    },
    {
      name: "login.user",
      type: "string",
      required: true,
      secret: true,
      description: "",
    },
  ]);
});

test("what must be given together or instead of each other is said in sentences", () => {
  expect(fieldRules(schema)).toEqual([
    "Exactly one of these must be given: mode; brokers with headers",
    "At least one of these must be given: mode",
    "Not together: mode, login",
    "With login must be given: host",
  ]);
});

import { withoutPaths } from "./without-paths";

const object = {
  user: "loader",
  token: "t",
  auth: { key: "k", region: "eu" },
  only: { key: "k" },
  "a.b": 1,
};

test.each<[paths: readonly string[], left: object]>([
  [[], object],
  [["token"], { ...object, token: undefined }],
  [["auth.key"], { ...object, auth: { region: "eu" } }],
  [["only.key"], { ...object, only: undefined }],
  [["auth"], { ...object, auth: undefined }],
  [["a.b", "absent", "user.name"], { ...object, "a.b": undefined }],
])("leaves out %j and nothing else", (paths, left) => {
  expect(JSON.parse(JSON.stringify(withoutPaths(object, paths)))).toEqual(
    JSON.parse(JSON.stringify(left)),
  );
});

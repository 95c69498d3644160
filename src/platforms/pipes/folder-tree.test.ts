import { type FolderRecord, FolderTree } from "./folder-tree";

const folder = (
  id: string,
  title: string,
  parentId?: string,
): FolderRecord => ({
  id,
  title,
  parentId,
  isDiscovered: false,
  owner: undefined,
});

test("a folder is called by its titles from the top", () => {
  const tree = new FolderTree([
    folder("c_1", "Production"),
    folder("c_2", "Databases", "c_1"),
  ]);
  expect(tree.nameOf("c_1")).toBe("Production");
  expect(tree.nameOf("c_2")).toBe("Production/Databases");
});

test.each([
  ["is not shown", []],
  ["is in one that is not shown", [folder("c_1", "Databases", "c_2")]],
  ["has no title", [folder("c_1", "")]],
  ["has a slash in its title", [folder("c_1", "AWS/GCP")]],
  ["begins with a slash", [folder("c_1", "/Files")]],
  ["is titled like an id", [folder("c_1", `c_${"0".repeat(20)}`)]],
  ["is titled like an owner's id", [folder("c_1", `o_${"0".repeat(20)}`)]],
  ["is in itself", [folder("c_1", "A", "c_2"), folder("c_2", "B", "c_1")]],
] as const)("one that %s is called by its id", (_what, folders) => {
  expect(new FolderTree(folders).nameOf("c_1")).toBe("c_1");
});

test("a path goes on through every folder that has its first titles", () => {
  const tree = new FolderTree([
    folder("c_1", "Production"),
    folder("c_2", "Production"),
    folder("c_3", "Databases", "c_2"),
  ]);
  expect(tree.search(["Production", "Databases"])).toMatchObject({
    kind: "found",
    folders: [{ id: "c_3" }],
  });
  expect(tree.search(["Production"])).toMatchObject({
    kind: "found",
    folders: [{ id: "c_1" }, { id: "c_2" }],
  });
});

import {
  type AstroStandin,
  idOf,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "../../../test/standins/astro";
import {
  type Declared,
  dynamic,
  SimulatedCore,
} from "../../provider/server/core-fixture";
import { applied, expectSettled } from "../../provider/server/declared-fixture";
import { recordOf } from "../../provider/wire";
import { astroDefinition } from "./definition";

/** Links of Astro as Terraform sees them, whose workspace is called otherwise by now. */

let standin: AstroStandin;
let core: SimulatedCore;
beforeEach(async () => {
  standin = await startAstroStandin();
  core = new SimulatedCore({
    platforms: [astroDefinition],
    provider: {
      astro: recordOf([
        ["host", standin.url],
        ["organization_id", STANDIN_ORGANIZATION],
        ["token", STANDIN_TOKEN],
        ["headers", null],
      ]),
    },
  });
});
afterEach(() => standin.close());

const linked = (workspace: string, deployment: string): readonly Declared[] => [
  {
    address: "connection.c",
    type: "patchbay_connection",
    config: () => ({
      name: "c",
      owner: `workspace/${workspace}`,
      type: "postgresql",
      config: dynamic({ host: "db.example.com", login: "u" }),
    }),
  },
  {
    address: "link.c",
    type: "patchbay_deployment_link",
    config: () => ({
      connection_id: `workspace/${workspace}/c`,
      deployment,
      overrides: dynamic({ host: "other.example.com" }),
    }),
  },
];

test("after its workspace was renamed, a link is there as the configuration that follows says", async () => {
  await applied(core, linked("analytics", "prod"));
  standin.rename(idOf("w", 1), "renamed");
  await applied(core, linked("renamed", "prod"));
  expect(standin.world.objects).toMatchObject([
    {
      objectKey: "c",
      links: [
        {
          deploymentId: idOf("d", 1),
          overrides: { host: "other.example.com" },
        },
      ],
    },
  ]);
  await expectSettled(core, linked("renamed", "prod"));
  await applied(core, []);
  expect(standin.world.objects).toEqual([]);
});

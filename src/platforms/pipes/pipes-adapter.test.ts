import { describePlatform } from "../../testing";
import {
  type PipesBehaviour,
  pipesExpectations,
  pipesSnowflakeExpectations,
} from "../../../test/standins/pipes";
import { pipesIdentity } from "./pipes-capabilities";
import { openWithStandin } from "./pipes-fixture";

/** Where the documents leave open what Pipes does, the adapter passes with either. */
const variants: readonly (readonly [string, Partial<PipesBehaviour>])[] = [
  ["pipes", {}],
  [
    "pipes that merges configurations, masks secrets, grants late and updates slowly",
    { patch: "merge", secretsOnRead: "masked", grantLag: 2, rolloutReads: 2 },
  ],
  [
    "pipes that shows secrets as null and fails to update workspaces",
    { secretsOnRead: "null", rolloutReads: 1, rollout: "error" },
  ],
];

for (const [name, behaviour] of variants) {
  describePlatform({
    name,
    capabilities: pipesIdentity.capabilities,
    expectations: pipesExpectations,
    open: async () => (await openWithStandin(behaviour)).platform,
  });
}

describePlatform({
  name: "pipes, Snowflake connections of the tenant",
  capabilities: pipesIdentity.capabilities,
  expectations: pipesSnowflakeExpectations,
  open: async () => (await openWithStandin()).platform,
});

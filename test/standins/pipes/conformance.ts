/** Where the documents leave open what Pipes does, the adapter passes with either. */
import { pipesIdentity } from "../../../src/platforms/pipes/capabilities";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { onStandin } from "../kit";
import { openAt, startChecked } from "./open-with-standin";
import { secretKeys } from "./pipes-answers";
import {
  pipesExpectations,
  pipesSnowflakeExpectations,
} from "./pipes-expectations";
import type { PipesBehaviour } from "./pipes-standin";

const { capabilities } = pipesIdentity;

const standinWith = (behaviour: Partial<PipesBehaviour>) =>
  onStandin({
    start: () => startChecked(behaviour),
    connect: ({ url }) => openAt(url),
  });

const tenant = standinWith({ identityOnRead: "id" });

export const subjects: readonly ConformanceSubject[] = [
  {
    ...standinWith({}).members,
    name: "pipes",
    capabilities,
    expectations: pipesExpectations,
  },
  {
    ...standinWith({
      patch: "merge",
      secretsOnRead: "masked",
      grantLag: 2,
      rolloutReads: 2,
      trunk: "absent",
      topParent: "empty",
    }).members,
    name: "pipes that merges configurations, masks secrets, grants late, updates slowly and tells no ancestors",
    capabilities,
    expectations: pipesExpectations,
  },
  {
    ...standinWith({
      secretsOnRead: "null",
      rolloutReads: 1,
      rollout: "error",
      trunk: "whole",
      listsTenantFolders: true,
      identityOnRead: "id",
      grantedTwice: 409,
    }).members,
    name: "pipes that shows secrets as null, fails to update workspaces, tells all ancestors and only ids of identities",
    capabilities,
    expectations: pipesExpectations,
  },
  {
    ...tenant.members,
    name: "pipes, Snowflake connections of the tenant",
    capabilities,
    expectations: pipesSnowflakeExpectations,
    // Only of a type of the catalogue is it known which secrets there can be, and so which to remove.
    storedSecrets: (platform, { platformId }) => {
      const { connections } = tenant.standinOf(platform).world;
      const stored = connections.find(({ id }) => id === platformId);
      const secrets = Object.entries(stored?.config ?? {}).filter(([key]) =>
        secretKeys.has(key),
      );
      return Promise.resolve(
        Object.fromEntries(secrets) as Readonly<Record<string, string>>,
      );
    },
  },
];

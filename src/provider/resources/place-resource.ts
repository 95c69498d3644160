import { createOnce, type SnapshotPart, type Snapshot } from "../../apply";
import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import {
  checkName,
  formatOwner,
  type InventoryManagementPort,
  KNOWN_AFTER_APPLY,
  type Owner,
  parseOwner,
  requireFeature,
} from "../../model";
import type { ProviderContext } from "../provider-context";
import { recordOfSchema } from "../schema/schema-type";
import {
  faultsOf,
  knownTextOf,
  need,
  settled,
  textOf,
  textToCty,
} from "../state/record";
import { type CtyRecord, type CtyValue, type Schema, UNKNOWN } from "../wire";
import { ownerArgument } from "./owner-argument";
import { formatPlaceId, parsePlaceId, type PlaceKind } from "./place-id";
import type { Resource } from "./resource";

/** A workspace or a deployment, as far as both are alike: an owner, a name, and arguments that all replace it. */
interface PlaceKey {
  readonly owner: Owner;
  readonly name: string;
}
interface ObservedPlace extends PlaceKey {
  readonly platformId: string;
}

export interface PlaceResourceOptions<
  Place extends PlaceKey,
  Observed extends Place & ObservedPlace,
> {
  readonly kind: PlaceKind;
  readonly schema: Schema;
  /** Arguments beside name and owner. */
  readonly attributes: (
    observed: Observed,
  ) => Readonly<Record<string, CtyValue>>;
  readonly place: (record: CtyRecord, key: PlaceKey) => Place;
  readonly matches: (wanted: Place, observed: Observed) => boolean;
  readonly part: (snapshot: Snapshot) => SnapshotPart<PlaceKey, Observed>;
  readonly list: (
    context: ProviderContext,
    owner: Owner,
  ) => Promise<readonly Observed[]>;
  readonly create: (
    management: InventoryManagementPort,
    place: Place,
    signal: AbortSignal,
  ) => Promise<Observed>;
  readonly delete: (
    management: InventoryManagementPort,
    place: Place,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** patchbay_workspace and patchbay_deployment */
export function placeResource<
  Place extends PlaceKey,
  Observed extends Place & ObservedPlace,
>(options: PlaceResourceOptions<Place, Observed>): Resource {
  const { kind, schema } = options;
  const typeName = `patchbay_${kind}`;
  const keyOf = (record: CtyRecord) =>
    need(parsePlaceId(kind, knownTextOf(record, "id")));
  const stateOf = (observed: Observed) =>
    recordOfSchema(schema, {
      ...options.attributes(observed),
      id: formatPlaceId(kind, observed),
      name: observed.name,
      owner: formatOwner(observed.owner),
      platform_id: observed.platformId,
    });
  return {
    typeName,
    schema,

    validate(config) {
      const names = ["name", ...(kind === "deployment" ? ["workspace"] : [])];
      return [
        ...names.flatMap((argument) => {
          const text = textOf(config, argument);
          return typeof text === "string" ? checkName(text, [argument]) : [];
        }),
        ...faultsOf(textOf(config, "owner"), parseOwner, ["owner"]),
      ];
    },

    async read({ state, remembered }, context) {
      const observed = await options
        .part(context.require().snapshot)
        .tryFind(keyOf(state));
      return observed === undefined
        ? { state: null, remembered: {} }
        : { state: stateOf(observed), remembered };
    },

    plan({ prior, config, secondCall }, context) {
      const { text: owner, diagnostics: ownerFaults } = ownerArgument(
        config,
        context,
      );
      const name = textOf(config, "name");
      const id =
        typeof name === "string" && typeof owner === "string"
          ? `${owner}/${kind}/${name}`
          : KNOWN_AFTER_APPLY;
      const planned = recordOfSchema(schema, {
        ...config,
        id: textToCty(id),
        owner: textToCty(owner),
        platform_id: prior === null ? UNKNOWN : (prior["platform_id"] ?? null),
      });
      return Promise.resolve({
        planned,
        requiresReplace: [
          ["name"],
          ["owner"],
          ...(kind === "deployment" ? [["workspace"]] : []),
        ],
        diagnostics: [
          ...ownerFaults,
          ...manageFaults(kind, context),
          ...(id !== KNOWN_AFTER_APPLY &&
          !secondCall &&
          context.planned.claim(id, typeName) !== undefined
            ? [declaredTwice(kind, id)]
            : []),
        ],
      });
    },

    async create({ planned, remembered, signal }, context) {
      const { snapshot } = context.require();
      const management = managementOf(kind, context);
      const key = keyOf(planned);
      const wanted = options.place(planned, key);
      const observed = await createOnce<Observed>({
        id: formatPlaceId(kind, key),
        kind,
        create: () => options.create(management, wanted, signal),
        tryFind: async () =>
          (await options.list(context, key.owner)).find(
            ({ name }) => name === key.name,
          ),
        matches: (found) => options.matches(wanted, found),
        importHint: `terraform import ADDRESS ${formatPlaceId(kind, key)}`,
      });
      options.part(snapshot).replace(key, observed);
      return {
        state: settled(planned, { platform_id: observed.platformId }),
        remembered,
      };
    },

    update() {
      throw new Error(`every argument of a ${kind} replaces it`);
    },

    async delete({ prior, signal }, context) {
      const key = keyOf(prior);
      await options.delete(
        managementOf(kind, context),
        options.place(prior, key),
        signal,
      );
      options.part(context.require().snapshot).replace(key, undefined);
    },

    import(id) {
      return recordOfSchema(schema, {
        id: formatPlaceId(kind, need(parsePlaceId(kind, id))),
      });
    },
  };
}

function declaredTwice(kind: PlaceKind, id: string): Diagnostic {
  return errorDiagnostic({
    code: "duplicate_name",
    path: ["name"],
    detail: `${id} is declared twice in this configuration: here and as another patchbay_${kind}. Rename one of the two, or remove it.`,
  });
}

function manageFaults(
  kind: PlaceKind,
  context: ProviderContext,
): readonly Diagnostic[] {
  const identity = context.platformIdentity;
  if (identity === undefined) return [];
  return requireFeature(identity, "manage_inventory", []).map((fault) => ({
    ...fault,
    detail: `${fault.detail} To refer to one that exists, use the data source patchbay_${kind}.`,
  }));
}

function managementOf(
  kind: PlaceKind,
  context: ProviderContext,
): InventoryManagementPort {
  const { platform } = context.require();
  if (platform.inventoryManagement !== undefined)
    return platform.inventoryManagement;
  throw new PatchbayError(manageFaults(kind, context));
}

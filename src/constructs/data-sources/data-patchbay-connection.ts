import { type IResolvable, Token } from "../framework";
import type { Construct } from "constructs";
import type { MetaArguments } from "../resources/provider-binding";
import { PatchbayDataSource } from "./patchbay-data-source";

/** A connection is looked up by its id, or by its name and owner. */
export interface DataPatchbayConnectionProps extends MetaArguments {
  /** `organization/acme/warehouse`. @default - by name */
  readonly connectionId?: string;
  /** @default - by id */
  readonly name?: string;
  /** @default - the provider's organization */
  readonly owner?: string;
}

/** One connection as the platform shows it. */
export class DataPatchbayConnection extends PatchbayDataSource {
  static readonly tfResourceType: string = "patchbay_connection";

  constructor(
    scope: Construct,
    id: string,
    { connectionId, name, owner, ...meta }: DataPatchbayConnectionProps,
  ) {
    super(scope, id, {
      ...meta,
      terraformResourceType: DataPatchbayConnection.tfResourceType,
      arguments: { id: connectionId, name, owner },
    });
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get name(): string {
    return this.getStringAttribute("name");
  }

  get owner(): string {
    return this.getStringAttribute("owner");
  }

  get type(): string {
    return this.getStringAttribute("type");
  }

  get description(): string {
    return this.getStringAttribute("description");
  }

  /** The plain fields. */
  get config(): IResolvable {
    return this.interpolationForAttribute("config");
  }

  get platformId(): string {
    return this.getStringAttribute("platform_id");
  }

  /** `ok`, `error`, `disabled`, `pending` or `unknown`. */
  get status(): string {
    return this.getStringAttribute("status");
  }

  get statusMessage(): string {
    return this.getStringAttribute("status_message");
  }

  /** What is connected, in one line, without secrets. */
  get connectionString(): string {
    return this.getStringAttribute("connection_string");
  }

  /** Dotted paths of the secrets that are set. */
  get secretFields(): string[] {
    return Token.asList(this.interpolationForAttribute("secret_fields"));
  }
}

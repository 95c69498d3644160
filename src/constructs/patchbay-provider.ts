import { Annotations, TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { resolve } from "node:path";
import { checkName } from "../model";
import { addFaults } from "./faults";
import {
  type Attributes,
  hclAttributes,
  jsonAttributes,
} from "./resources/attribute-templates";
import {
  generatorMetadata,
  PROVIDER_SOURCE,
  PROVIDER_TYPE,
} from "./resources/provider-binding";
import type { Secret } from "./secret";
import { readSecretFields } from "./secret-fields";
import { declareProvider } from "./stack-provider";
import { vendorAtSynthesis } from "./vendoring/vendor-at-synthesis";

/** The embedded hub: a folder, no server to start. */
export interface EmbeddedHub {
  /** Where it keeps its files; relative to the directory that the app runs in, as cdktf's own state file is. @default .patchbay */
  readonly path?: string;
  readonly endpoint?: undefined;
  readonly token?: undefined;
}

/** A hub that runs as a server. */
export interface HubServer {
  /** `https://hub.example.com` */
  readonly endpoint: string;
  /** @default - the environment variable PATCHBAY_TOKEN */
  readonly token?: Secret;
  readonly path?: undefined;
}

export interface PatchbayProviderProps {
  /** The default owner is `organization/` and this name. @default - each connection names its owner */
  readonly organization?: string;
  /** @default - the embedded hub in .patchbay */
  readonly hub?: EmbeddedHub | HubServer;
  /** Tells several providers of one stack apart; elements then name theirs as `provider`. @default - none: the stack's default */
  readonly alias?: string;
}

const DEFAULT_HUB_PATH = ".patchbay";

/**
 * Which platform the connections of a stack live on, and whose they are. At
 * synthesis it places the provider that comes with this package where Terraform
 * finds it, so nothing needs to be installed.
 */
export class PatchbayProvider extends TerraformProvider {
  static readonly tfResourceType: string = PROVIDER_TYPE;

  readonly #props: PatchbayProviderProps;

  constructor(scope: Construct, id: string, props: PatchbayProviderProps = {}) {
    super(scope, id, {
      terraformResourceType: PROVIDER_TYPE,
      terraformGeneratorMetadata: generatorMetadata,
      terraformProviderSource: PROVIDER_SOURCE,
    });
    this.#props = props;
    declareProvider(this);
    addFaults(this, () => [
      ...(props.organization === undefined ||
      Token.isUnresolved(props.organization)
        ? []
        : checkName(props.organization, ["organization"])),
      ...readSecretFields(tokenOf(props), ["hub"]).diagnostics,
    ]);
    vendorAtSynthesis(this, {
      stack: TerraformStack.of(this),
      warn: (message) => Annotations.of(this).addWarning(message),
    });
  }

  override get alias(): string | undefined {
    return this.#props.alias;
  }

  get organizationInput(): string | undefined {
    return this.#props.organization;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...jsonAttributes({ organization: this.#props.organization }),
      ...this.#platform(),
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }

  /** The block of the platform that this provider manages. */
  #platform(): Attributes {
    const hub = this.#props.hub ?? {};
    const { path = DEFAULT_HUB_PATH, endpoint } = hub;
    if (endpoint === undefined)
      return jsonAttributes({ hub: { path: absolute(path) } });
    const { stored, writeOnly } = readSecretFields(tokenOf(this.#props), [
      "hub",
    ]);
    return {
      hub: {
        ...(jsonAttributes({ endpoint }) as object),
        ...(writeOnly as object),
        ...(stored as object),
      },
    };
  }
}

function tokenOf({
  hub,
}: PatchbayProviderProps): { readonly token: Secret } | undefined {
  return hub?.token === undefined ? undefined : { token: hub.token };
}

/** Terraform runs in cdktf.out/stacks/NAME: the hub must not live there. */
function absolute(path: string): string {
  return Token.isUnresolved(path) ? path : resolve(path);
}

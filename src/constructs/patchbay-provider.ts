import {
  Annotations,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
} from "./framework";
import type { Construct, IConstruct } from "constructs";
import {
  type Diagnostic,
  errorDiagnostic,
  formatDiagnostic,
} from "../diagnostics";
import { checkName } from "../model";
import { namesOpenTofu, terraformEnvironment } from "./environment";
import { addFaults } from "./faults";
import { readPlatforms } from "./platform-arguments";
import type { PlatformSettings } from "./platform-settings.generated";
import { hclAttributes, jsonAttributes } from "./resources/attribute-templates";
import {
  generatorMetadata,
  PROVIDER_SOURCE,
  PROVIDER_TYPE,
} from "./resources/provider-binding";
import { requireOwnApp } from "./require-own-app";
import type { Secret } from "./secret";
import {
  declareProvider,
  DEFAULT_PROVIDER_ID,
  isSecondProvider,
} from "./stack-provider";
import { OPENTOFU_HOST, ourAddress } from "./vendoring/hosts";
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

/** At most one platform is given; a stack with several has a provider with an alias for each. */
export interface PatchbayProviderProps extends PlatformSettings {
  /** The default owner is `organization/` and this name. @default - each connection names its owner */
  readonly organization?: string;
  /** @default - another platform, else the embedded hub in .patchbay */
  readonly hub?: EmbeddedHub | HubServer;
  /** Take over what exists already and equals what is declared, with a warning each; declared secrets are sent to it. @default false - an apply refuses to create what exists */
  readonly adoptExisting?: boolean;
  /** Tells several providers of one stack apart; elements then name theirs as `provider`. @default - none: the stack's default */
  readonly alias?: string;
}

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
      terraformProviderSource: providerSource(),
    });
    requireOwnApp(this);
    this.#props = props;
    declareProvider(this);
    addFaults(this, () => [
      ...(props.organization === undefined ||
      Token.isUnresolved(props.organization)
        ? []
        : checkName(props.organization, ["organization"])),
      ...readPlatforms(props).diagnostics,
      ...this.#stackFaults(),
    ]);
    vendorAtSynthesis(this, {
      stack: TerraformStack.of(this),
      warn: (message) => Annotations.of(this).addWarning(message),
      checkStack: () => {
        for (const fault of this.#missingProvider())
          Annotations.of(this).addError(formatDiagnostic(fault));
      },
    });
  }

  #stackFaults(): readonly Diagnostic[] {
    const stack = TerraformStack.of(this);
    return isSecondProvider(this)
      ? [
          errorDiagnostic({
            code: "duplicate_name",
            path: ["alias"],
            detail: `The stack "${stack.node.path}" has another PatchbayProvider without an alias. Remove one of them, or give this one an alias and name it as provider of what it shall manage.`,
          }),
        ]
      : [];
  }

  /** The one that nobody declared has no organization. */
  #missingProvider(): readonly Diagnostic[] {
    if (this.node.id !== DEFAULT_PROVIDER_ID) return [];
    const stack = TerraformStack.of(this);
    const ownerless = stack.node.findAll().find(isOwnerless);
    return ownerless === undefined
      ? []
      : [
          errorDiagnostic({
            code: "missing_argument",
            path: ["organization"],
            detail: `The stack "${stack.node.path}" has no PatchbayProvider, and "${ownerless.node.path}" does not say whom it belongs to. Add one, new PatchbayProvider(stack, "patchbay", { organization: "acme" }), or set owner.`,
          }),
        ];
  }

  override get alias(): string | undefined {
    return this.#props.alias;
  }

  get organizationInput(): string | undefined {
    return this.#props.organization;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...jsonAttributes({
        organization: this.#props.organization,
        adopt_existing: this.#props.adoptExisting,
      }),
      ...readPlatforms(this.#props).attributes,
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}

/**
 * cdktf looks an address without a host up in the lock file as Terraform's, also where it runs OpenTofu, and asks a
 * registry for what it does not find; with its host it finds it.
 */
function providerSource(): string {
  return namesOpenTofu(terraformEnvironment())
    ? ourAddress(OPENTOFU_HOST)
    : PROVIDER_SOURCE;
}

/** Whether it is one of ours that belongs to the organization of the stack's default provider. */
function isOwnerless(element: IConstruct): boolean {
  return (
    TerraformResource.isTerraformResource(element) &&
    element.terraformResourceType.startsWith(`${PROVIDER_TYPE}_`) &&
    element.provider === undefined &&
    "ownerInput" in element &&
    element.ownerInput === undefined
  );
}

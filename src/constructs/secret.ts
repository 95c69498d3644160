import { type IResolvable, Token } from "./framework";
import { type IConstruct } from "constructs";
import { doubtfulSecret } from "../catalog";
import {
  type Diagnostic,
  type DiagnosticPath,
  SECRET_PLACEHOLDER,
} from "../diagnostics";
import { secretVariable } from "./secret-variable";
import { templateOf } from "./template-text";

const SECRET_SYMBOL = Symbol.for("cdktf-patchbay/Secret");

/** How a secret travels. */
export interface SecretOptions {
  /**
   * Keep it in the Terraform state, as clients older than Terraform 1.11 and
   * OpenTofu 1.11 must. Otherwise it is in no plan and no state.
   * @default false
   */
  readonly storeInState?: boolean;
}

/** A secret that Terraform asks for. */
export interface SecretVariableOptions extends SecretOptions {
  /** Shown when Terraform asks for the value. @default - none */
  readonly description?: string;
}

/**
 * A value that must be neither in the code nor in what synthesis writes: a
 * reference to where Terraform gets it from.
 */
export class Secret {
  /**
   * The Terraform variable of that name, declared once per stack as sensitive
   * and ephemeral. The environment variable `TF_VAR_<name>` supplies its value.
   */
  static fromVariable(
    scope: IConstruct,
    name: string,
    options: SecretVariableOptions = {},
  ): Secret {
    return new Secret(
      secretVariable(scope, name, options).stringValue,
      options,
    );
  }

  /**
   * A value that another resource, data source or variable gives. Terraform
   * keeps it wherever that comes from; only this connection does not.
   */
  static fromToken(
    token: string | IResolvable,
    options: SecretOptions = {},
  ): Secret {
    return new Secret(token, options);
  }

  /** The value itself, in clear in the code, in cdk.tf.json and in everything made from it. For throw-away values. */
  static unsafePlainText(value: string, options: SecretOptions = {}): Secret {
    return new Secret(value, options, true);
  }

  readonly storeInState: boolean;
  readonly #value: string | IResolvable;
  readonly #plainText: boolean;

  private constructor(
    value: string | IResolvable,
    options: SecretOptions,
    plainText = false,
  ) {
    this.#value = value;
    this.#plainText = plainText;
    this.storeInState = options.storeInState ?? false;
    Object.defineProperty(this, SECRET_SYMBOL, { value: true });
  }

  /** Whether it holds a literal that nobody called unsafe. */
  get isLiteral(): boolean {
    return !this.#plainText && !Token.isUnresolved(this.#value);
  }

  /** What is doubtful about a value that stands in the code; of another only a plan can tell. */
  doubts(path: DiagnosticPath): readonly Diagnostic[] {
    return this.#plainText && typeof this.#value === "string"
      ? doubtfulSecret(this.#value, path)
      : [];
  }

  /** What the Terraform document holds in its place. */
  toTemplate(): string | IResolvable {
    return typeof this.#value === "string"
      ? templateOf(this.#value)
      : this.#value;
  }

  toString(): string {
    return SECRET_PLACEHOLDER;
  }

  toJSON(): string {
    return SECRET_PLACEHOLDER;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return SECRET_PLACEHOLDER;
  }
}

/** Whether it is a Secret, of whichever copy of this package. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET_SYMBOL in value;
}

import { equalInMeaning } from "../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import {
  type Checked,
  equalValues,
  fieldOf,
  invalid,
  objectOf,
  valid,
} from "../../model";
import { isTextList, type Options, type OptionValue } from "./options/option";
import { type OptionPlace, placeOfOption } from "./options/option-place";
import { ruleOf } from "./options/option-tables";
import { isSecretOption } from "./options/secret-option";
import { canonicalOptions, type Translated } from "./types";

export interface AlterationOptions {
  /** What Upsolver shows. */
  readonly shown: Options;
  /** What is declared, COMMENT included. */
  readonly declared: Translated;
  /** Whether the secrets are among what is declared. */
  readonly withSecrets: boolean;
}

/** The options that ALTER has to set, or why it cannot. */
export function alterationOf(options: AlterationOptions): Checked<Options> {
  return new Alteration(options).changes();
}

class Alteration {
  readonly #declared: Translated;
  readonly #withSecrets: boolean;
  readonly #current: Options;
  /** With the defaults of what is no longer declared. */
  readonly #wanted: Options;

  constructor({ shown, declared, withSecrets }: AlterationOptions) {
    this.#declared = declared;
    this.#withSecrets = withSecrets;
    this.#current =
      declared.translation === undefined
        ? shown
        : canonicalOptions(declared.keyword, shown);
    this.#wanted = objectOf([
      ...this.#removed().flatMap(([option]) => this.#reset(option)),
      ...Object.entries(declared.options),
    ]);
  }

  changes(): Checked<Options> {
    const changed = Object.entries(this.#wanted)
      .filter(([option, value]) => this.#isChanged(option, value))
      .map(([option]) => option);
    const faults = [
      ...changed.flatMap((option) => this.#unalterable(option)),
      ...this.#removed().flatMap(([option]) => this.#irremovable(option)),
      ...changed.flatMap((option) => this.#lacksSecrets(option)),
    ];
    if (faults.length > 0) return invalid(...faults);
    const together = new Set(
      changed.flatMap((option) => [
        option,
        ...(this.#rule(option)?.together ?? []),
      ]),
    );
    return valid(
      objectOf(
        Object.entries(this.#wanted).filter(([option]) => together.has(option)),
      ),
    );
  }

  /** What is set there and not declared any more. */
  #removed(): readonly (readonly [string, OptionValue])[] {
    return Object.entries(this.#current).filter(
      ([option, value]) =>
        !Object.hasOwn(this.#declared.options, option) &&
        !this.#isLeftAlone(option) &&
        !sameOption(value, this.#standard(option)),
    );
  }

  /** A secret where none are declared, unless there are plain settings in the same text. */
  #isLeftAlone(option: string): boolean {
    const mixed = this.#declared.translation?.mixedPart !== undefined;
    return (
      this.#isSecret(option) &&
      !this.#withSecrets &&
      !(mixed && this.#isMixed(option))
    );
  }

  #reset(option: string): readonly (readonly [string, OptionValue])[] {
    const value = this.#standard(option);
    return value === undefined ? [] : [[option, value]];
  }

  /** What to set in place of an option that is no longer declared. A native type's is shown like any other value, so it would come back. */
  #standard(option: string): OptionValue | undefined {
    return option === "COMMENT" || this.#declared.translation !== undefined
      ? this.#rule(option)?.default
      : undefined;
  }

  #isChanged(option: string, value: OptionValue): boolean {
    if (!this.#isSecret(option)) {
      const before = fieldOf(this.#current, option) ?? this.#standard(option);
      return !sameOption(before, value);
    }
    if (this.#withSecrets) return true;
    const { type, translation } = this.#declared;
    const mixed = translation?.mixedPart;
    if (mixed === undefined) return false;
    const before = fieldOf(this.#current, option) ?? "";
    return !equalInMeaning(
      type,
      mixed(option, before).plain,
      mixed(option, value).plain,
    );
  }

  #unalterable(option: string): readonly Diagnostic[] {
    if (this.#rule(option)?.alterable !== false) return [];
    return [
      errorDiagnostic({
        code: "unsupported",
        path: this.#place(option).path,
        detail: `Upsolver cannot change ${this.#label(option)} of a connection. Replace the connection:\n\n  terraform apply -replace=ADDRESS\n`,
      }),
    ];
  }

  #irremovable(option: string): readonly Diagnostic[] {
    if (Object.hasOwn(this.#wanted, option)) return [];
    return [
      errorDiagnostic({
        code: "unsupported",
        path: this.#place(option).path,
        detail: `${this.#label(option)} is set and no longer declared, and Upsolver has no statement that takes an option back. Declare the value that shall hold instead (false for what is on or off), or replace the connection:\n\n  terraform apply -replace=ADDRESS\n`,
      }),
    ];
  }

  /** A plain part that can only be sent with a secret that was not given. */
  #lacksSecrets(option: string): readonly Diagnostic[] {
    if (this.#withSecrets) return [];
    const partners = (this.#rule(option)?.together ?? []).filter(
      (partner) => this.#isSecret(partner) && this.#isNeeded(partner),
    );
    const label = this.#label(option);
    const reason = this.#holdsSecrets(option)
      ? `Upsolver keeps plain and secret properties in one text (${option}), so it changes the ones only together with the others`
      : partners[0] === undefined
        ? undefined
        : `Upsolver changes ${label} only together with ${this.#label(partners[0])}`;
    if (reason === undefined) return [];
    return [
      errorDiagnostic({
        code: "missing_field",
        path: ["secrets"],
        detail: `${reason}, and this connection declares no secrets. Declare them; they are sent in the same statement.`,
      }),
    ];
  }

  /** A key file without a password has no partner; a login with a key file has no password. */
  #isNeeded(partner: string): boolean {
    if (partner === "PRIVATE_KEY_FILE_PWD")
      return Object.hasOwn(this.#current, partner);
    return !Object.hasOwn(this.#wanted, "PRIVATE_KEY_FILE");
  }

  #holdsSecrets(option: string): boolean {
    const mixed = this.#declared.translation?.mixedPart;
    if (mixed === undefined || !this.#isMixed(option)) return false;
    return [this.#current, this.#wanted].some(
      (options) => mixed(option, fieldOf(options, option) ?? "").hasSecrets,
    );
  }

  #label(option: string): string {
    return this.#place(option).label;
  }

  #place(option: string): OptionPlace {
    return placeOfOption(this.#declared, option);
  }

  #isMixed(option: string): boolean {
    return this.#rule(option)?.secret === "mixed";
  }

  #isSecret(option: string): boolean {
    return isSecretOption(this.#declared.keyword, option);
  }

  #rule(option: string) {
    return ruleOf(this.#declared.keyword, option);
  }
}

/** Lists are sets: their order says nothing. */
function sameOption(
  left: OptionValue | undefined,
  right: OptionValue | undefined,
): boolean {
  const sorted = (value: OptionValue | undefined) =>
    isTextList(value) ? [...new Set(value)].sort() : value;
  return equalValues(sorted(left), sorted(right));
}

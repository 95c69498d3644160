import { PatchbayError } from "../../diagnostics";
import { type OpenPlatformOptions, settingText } from "../../model";

export interface AddressSetting {
  /** The block in the provider's configuration, named like the platform. */
  readonly block: string;
  readonly name: string;
  /** The variable that supplies it where the block does not. */
  readonly variable?: string;
  /** Whether it may be written without `https://`. @default false */
  readonly bareHost?: boolean;
  /** What a path at the end means there, as a clause: `leave the path away`. */
  readonly advice?: string;
}

/**
 * The address that a setting names, without the slash at its end; undefined
 * where it is not set. Rejects with `invalid_field` anything but scheme, host
 * and port: under a path every request would be answered with 404, which empties
 * a state, and a login or a query would be sent on or be lost. The address is
 * not repeated, since it may hold a credential.
 */
export function addressSetting(
  {
    settings,
    environment,
  }: Pick<OpenPlatformOptions, "settings" | "environment">,
  setting: AddressSetting,
): string | undefined {
  const { block, name, variable, bareHost = false } = setting;
  const text = settingText(settings[name]);
  if (text === undefined) return undefined;
  const isFromVariable =
    variable !== undefined && environment[variable]?.trim() === text;
  const subject = isFromVariable
    ? `The environment variable ${variable}`
    : `"${name}" in the provider's ${block} block`;
  const refuse = (what: string): never => {
    throw new PatchbayError({
      code: "invalid_field",
      path: [block, name],
      detail: `${subject} ${what}`,
    });
  };
  const address =
    bareHost && !/^[a-z]+:\/\//i.test(text) ? `https://${text}` : text;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.hostname === ""
  )
    return refuse("is not an address. Write https://HOST.");
  // Read from the text as well: of "https://host?" and "https://@host" the parser keeps nothing.
  const rest = address.replace(/^[a-z]+:\/\//i, "");
  if (url.username + url.password !== "" || /^[^/?#]*@/.test(rest))
    return refuse(
      `holds a login, which does not belong there. Write ${url.protocol}//${url.host}; credentials have settings of their own.`,
    );
  if (/[?#\\]/.test(rest) || !/^[^/]*\/*$/.test(rest))
    return refuse(
      `${setting.advice ?? "holds more than the host: a path, a query or a fragment."} Write ${url.protocol}//${url.host}.`,
    );
  return url.origin;
}

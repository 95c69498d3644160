import { isList, isObject, type JsonObject, type JsonValue } from "../model";

/**
 * What sounds like a secret where no schema says what is one: `extra`, the
 * settings of native types, headers and other free maps. One rule for all
 * platforms and doors, by name and by value. Never by randomness: ids, hashes
 * and ARNs look the same.
 *
 * The patterns look at each character a bounded number of times, and values
 * are walked without recursion: a text or an object of any size or depth may
 * come from a platform.
 */

/**
 * Whether one field sounds like a secret; with no value, by its name alone. An
 * object is one as a whole where its own name says so: what is in it is judged
 * by {@link soundingPaths}. A list, and a text that is JSON, are one where
 * anything in them is.
 */
export function soundsSecret(
  name: string,
  value: JsonValue | undefined,
): boolean {
  if (value === undefined || isObject(value)) return nameSounds(name);
  return anySounds([[name, value]]);
}

/** The paths, at any depth and in the object's order, of the fields that sound like secrets. A list and a text are one place, whatever is in them. */
export function soundingPaths(
  object: JsonObject,
): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const ahead: Place[] = placesIn(object, undefined);
  for (;;) {
    const place = ahead.pop();
    if (place === undefined) return paths;
    if (soundsSecret(place.name, place.value)) paths.push(pathTo(place));
    else if (isObject(place.value)) {
      for (const inner of placesIn(place.value, place)) ahead.push(inner);
    }
  }
}

interface Place {
  readonly name: string;
  readonly value: JsonValue;
  readonly parent: Place | undefined;
}

/** Last one first: they are taken from the end. */
function placesIn(object: JsonObject, parent: Place | undefined): Place[] {
  return Object.entries(object)
    .map(([name, value]) => ({ name, value, parent }))
    .reverse();
}

function pathTo(place: Place): readonly string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    path.push(at.name);
  }
  return path.reverse();
}

type Named = readonly [name: string, value: JsonValue];

function anySounds(first: readonly Named[]): boolean {
  const ahead = [...first];
  for (;;) {
    const next = ahead.pop();
    if (next === undefined) return false;
    const [name, value] = next;
    if (typeof value === "string") {
      if (textSounds(name, value)) return true;
      const parsed = jsonIn(value);
      if (parsed !== undefined) ahead.push([name, parsed]);
    } else if (typeof value === "number") {
      if (numberSounds(name)) return true;
    } else if (isList(value)) {
      for (const item of value) ahead.push([name, item]);
    } else if (isObject(value)) {
      if (nameSounds(name)) return true;
      for (const entry of Object.entries(value)) ahead.push(entry);
    }
  }
}

function textSounds(name: string, text: string): boolean {
  const value = text.trim();
  if (saysNothing.test(value) || reference.test(value)) return false;
  return nameSounds(name) || valueSounds(value);
}

/** What a text holds that is a JSON object or list. */
function jsonIn(text: string): JsonValue | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

// ---- by name ----------------------------------------------------------------

/** Says of something that it is or should be so, or how many there are: no secret, whatever follows. */
const firstWordsOfPlain = new Set(
  words(
    "has use is require required allow max min num no verify public enable disable with show check count send",
  ),
);

/** Whole endings that are secrets although their last word alone is not. */
const secretEndings = words(
  `connection_string conn_string dsn webhook_url keyfile_dict key_json kube_config kubeconfig client_assertion
   refresh_token service_account_json shared_access_signature sas jdbc_url auth_header proxy_auth`,
);

/** The last word tells about a secret: where it is, how long it holds, what it is called. */
const lastWordsOfPlain = new Set(
  words(
    `id ids arn name names path paths file files dir url uri endpoint host port header headers prefix suffix type kind
     version algorithm hash expiration expires expiry ttl lifetime duration seconds minutes hours days ms timeout length
     size count limit provider method format mode required enabled disabled policy permissions scope scopes region source
     store backend issuer audience field fields label mechanism class location rotation usage encoding cache manager vault
     group owner validity leeway claims scheme selector env variable filepath binding hook reset user username email number`,
  ),
);

/** A token after one of these is a place in a listing or a sequence. */
const wordsBeforePlainToken = new Set(
  words("next page continuation idempotency sync cancellation"),
);

const secretWords = new Set(
  words(
    `password passwd pwd pass passphrase passcode secret secrets token bearer authorization credential credentials cookie
     jaas apikey appkey skey accesskey secretkey privatekey authtoken accesstoken keytab`,
  ),
);

/** A key after one of these is no column and no name of something. */
const wordsBeforeSecretKey = new Set(
  words(
    `api app application access private secret shared account master signing encryption service auth session storage
     license integration routing subscription webhook hmac client ssl customer sdk`,
  ),
);

/** A number under one of these is a password made of digits; under others it is a count or a duration. */
const lastWordsOfSecretNumber = new Set(
  words("password passwd pwd passphrase passcode secret"),
);

function nameSounds(name: string): boolean {
  const parts = wordsOfName(name);
  const last = parts.at(-1);
  if (last === undefined || firstWordsOfPlain.has(parts[0]!)) return false;
  // As long as the longest ending: names may be of any length.
  const end = `_${parts.slice(-3).join("_")}`;
  if (secretEndings.some((ending) => end.endsWith(`_${ending}`))) return true;
  if (lastWordsOfPlain.has(last)) return false;
  if (last === "token" && wordsBeforePlainToken.has(parts.at(-2) ?? "")) {
    return false;
  }
  return parts.some(
    (part, index) =>
      secretWords.has(part) ||
      (part === "key" && wordsBeforeSecretKey.has(parts[index - 1] ?? "")),
  );
}

function numberSounds(name: string): boolean {
  const last = wordsOfName(name).at(-1) ?? "";
  return lastWordsOfSecretNumber.has(last) && nameSounds(name);
}

/** At changes of case and at everything but letters and digits: `X-Api-Key`, `sessionToken`, `APIKey`, `accessKeyIDs`. */
function wordsOfName(name: string): readonly string[] {
  return name
    .split(wordEnd)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

const wordEnd =
  /[^\p{L}\p{N}]|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})(?!\p{Lu}s(?!\p{Ll}))/u;

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

// ---- by value ---------------------------------------------------------------

/** Nothing, the words for it, or what somebody has hidden already. */
const saysNothing = /^(?:|none|null|true|false|\*{3,})$/i;

/** Refers to a secret that is kept elsewhere: `{{ name }}`, `Bearer {{ name }}`. */
const reference = /^(?:[A-Za-z][A-Za-z0-9-]*\s+)?\{\{\s*[\w.-]+\s*\}\}$/;

function valueSounds(value: string): boolean {
  return (
    hasUrlPassword(value) ||
    secretForms.some((form) => form.test(value)) ||
    isSignedLogicApp(value)
  );
}

const urlPassword = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/?#@:]*:([^\s/?#@]+)@/;
const placeholder = /^(?:\{\{[^}]*\}\}|<[^>]*>|\*+)$/;

function hasUrlPassword(value: string): boolean {
  const password = urlPassword.exec(value)?.[1];
  return password !== undefined && !placeholder.test(password);
}

/** The signature makes the URL of a Logic App a secret, wherever in the query it stands. Two searches: one pattern for both would look from every place to the end. */
function isSignedLogicApp(value: string): boolean {
  const at = value.indexOf(".logic.azure.com");
  return at >= 0 && value.includes("sig=", at);
}

const secretForms: readonly RegExp[] = [
  // Private keys as PEM, in base64 (certificates and public keys begin alike), of PuTTY, of age.
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/,
  /^LS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)/,
  /PuTTY-User-Key-File-|AGE-SECRET-KEY-1/,
  // A signed JSON web token.
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  // The value of a header that authorizes.
  /^(?:bearer|basic|token|digest|ssws|geniekey|apikey|splunk|aws4-hmac-sha256)\s+\S{8,}/i,
  // A pair of a connection string, of JAAS, of a signed URL.
  /(?:^|[;,&?{"'\s])(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|secret|token|api_key|client_secret|sig|signature|x-amz-signature)=(?!["']?(?:\{\{|<[^<>\s]*>|\*{3}))[^\s;,&]{3}/i,
  // Webhooks whose URL is the secret.
  /hooks\.slack\.com\/services\/\S/,
  /discord(?:app)?\.com\/api\/webhooks\/\d+\/\S/,
  /\.webhook\.office\.com\/webhookb2\/\S/,
  // What vendors begin their tokens with; the whole value is one.
  /^(?:gh[pousr]_|github_pat_|glpat-|gl(?:ptt|dt|rt|soat|ft|imt|agent|cbt)-|xox[abeoprs]-|xapp-|GOCSPX-|ya29\.|[sr]k_(?:live|test)_|dckr_[po]at_|hv[sbr]\.|dd[ps]at_|tpt_|AT[AC]TT3|ntn_|lin_api_|npm_|pypi-|NRAK-|gsk_|hf_|glsa_|glc_|dop_v1_|dbt[uc]_)\S+$/,
  /^(?:AIza[A-Za-z0-9_-]{35}|sk-\S{20,}|dapi[0-9a-f]{32}(?:-\d+)?|secret_\S{32,})$/,
  /^SG\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/,
  /^[A-Za-z0-9]+\.atlasv1\.\S+$/,
  /^[A-Za-z0-9_.~-]{3}\dQ~\S+$/,
];

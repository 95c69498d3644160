/** A login, its password, and a key of several lines, as they are planted to be found nowhere. */
export const planted = {
  login: "loader",
  password: 'p@ss-w0rd-9"ü&x',
  key: "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQDZ7h8Qm2TfXw1u\nkP0vYc3sLr5aJd9eNb6tGz4oRi2WqUxE\n-----END PRIVATE KEY-----\n",
} as const;

const { login, password, key } = planted;
const pair = `${login}:${password}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const everyCharacter = (text: string, write: (code: number) => string) =>
  [...text].map((one) => write(one.codePointAt(0)!)).join("");
const hex = (code: number, length: number) =>
  code.toString(16).padStart(length, "0");

/** The forms in which servers repeat what was sent to them; each words of a vendor. */
export const secretForms: readonly (readonly [title: string, words: string])[] =
  [
    ["as it is", `password ${password} refused`],
    ["as JSON", `body ${JSON.stringify({ password })}`],
    ["as JSON in JSON", JSON.stringify(JSON.stringify({ password }))],
    [
      "percent-encoded in a URL",
      `could not connect to postgres://l:${encodeURIComponent(password)}@db/x`,
    ],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(password))],
    [
      "percent-encoded in small letters",
      encodeURIComponent(password).toLowerCase(),
    ],
    ["as a form", `dsn=${new URLSearchParams({ password }).toString()}`],
    [
      "with HTML entities",
      `<b>${password.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("@", "&#64;").replaceAll("-", "&#x2D;")}</b>`,
    ],
    [
      "with an HTML entity for every character",
      everyCharacter(password, (code) => `&#${code};`),
    ],
    [
      "with \\u escapes",
      everyCharacter(password, (code) => `\\u${hex(code, 4)}`),
    ],
    [
      "with \\x escapes",
      everyCharacter(password, (code) => `\\x${hex(code, 2)}`),
    ],
    ["in capitals", password.toUpperCase()],
    ["in Base64", `Basic ${base64(password)}`],
    ["in Base64 with the login", `authorization: Basic ${base64(pair)}`],
    [
      "in Base64 of URLs, without padding",
      Buffer.from(pair).toString("base64url"),
    ],
    [
      "in Base64 in a URL",
      `https://x/?a=${encodeURIComponent(base64(`ab${pair}`))}`,
    ],
    ["in Base64 after a letter", `x${base64(`a${pair}`)}`],
    ["in Base64, cut short", base64(pair).slice(0, 22)],
    ["in hexadecimal", `\\x${Buffer.from(password).toString("hex")}`],
    ["cut short at the end", `${password.slice(0, 7)}…`],
    ["cut short at the beginning", `…${password.slice(3)}`],
    ["cut short in an escape", `${encodeURIComponent(password).slice(0, 10)}%`],
    ["a key of several lines", `invalid key: ${key}`],
    ["one line of a key", `line 2 of the key: ${key.split("\n")[2]}`],
    ["a part of a line", `near "${key.split("\n")[1]!.slice(5, 14)}"`],
    ["a key on one line", key.replaceAll("\n", " ")],
    ["a key with written line ends", key.replaceAll("\n", "\\n")],
    [
      "a key with its lines broken elsewhere",
      key.replaceAll("\n", "").replace(/(.{9})/g, "$1\n"),
    ],
  ];

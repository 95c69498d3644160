import { nearestName } from "../diagnostics";

/** What fields are called elsewhere, where no likeness of letters leads to our name. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  user: ["login"],
  username: ["login"],
  user_name: ["login"],
  db: ["database"],
  dbname: ["database"],
  hostname: ["host"],
  endpoint: ["host", "base_url", "endpoint_url"],
  server: ["host"],
  url: ["base_url", "host"],
  pass: ["password"],
  passwd: ["password"],
  pwd: ["password"],
  passphrase: ["private_key_passphrase"],
  brokers: ["bootstrap_servers"],
  hosts: ["bootstrap_servers", "host"],
  servers: ["bootstrap_servers"],
  bucket_name: ["bucket"],
  role: ["role_arn"],
  params: ["url_parameters", "parameters"],
  sslmode: ["ssl_mode"],
  api_token: ["token", "api_key"],
};

/** The valid field that was probably meant: by its letters, else by its meaning. */
export function nearestField(
  given: string,
  valid: readonly string[],
): string | undefined {
  const key = given.toLowerCase();
  const meanings = Object.hasOwn(synonyms, key) ? synonyms[key]! : [];
  return (
    meanings.find((name) => valid.includes(name)) ?? nearestName(given, valid)
  );
}

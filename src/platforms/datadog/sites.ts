import { didYouMean, PatchbayError } from "../../diagnostics";

/** Where Datadog runs; an account lives on one of them. */
export const datadogSites = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "uk1.datadoghq.com",
  "datadoghq.eu",
  "ddog-gov.com",
  "us2.ddog-gov.com",
] as const;

/** The address of a site's API. Rejects with `invalid_field` a site that is none: the keys would go to whoever has that name. */
export function addressOfSite(site: string): string {
  if ((datadogSites as readonly string[]).includes(site))
    return `https://api.${site}`;
  throw new PatchbayError({
    code: "invalid_field",
    path: ["datadog", "site"],
    detail: `${JSON.stringify(site)} is not a Datadog site.${didYouMean(siteIn(site), datadogSites)} The sites are: ${datadogSites.join(", ")}. For any other address of the API, set api_url (or DD_HOST).`,
  });
}

/** The part of an address that may be a site. */
function siteIn(address: string): string {
  return address
    .replace(/^https?:\/\//, "")
    .replace(/^(api|app)\./, "")
    .replace(/\/.*$/, "");
}

import {
  ElasticsearchConnection,
  GenericConnection,
  HttpConnection,
  Secret,
} from "cdktf-patchbay";
import type { Construct } from "constructs";
import type { Places } from "../places";

/** Services that are reached over HTTP, and one that is not. */
export function declareServices(scope: Construct, places: Places): void {
  const payments = new HttpConnection(scope, "payments-api", {
    description: "The payment provider.",
    baseUrl: "https://api.payments.example/v2",
    headers: { Accept: "application/json" },
    token: Secret.fromVariable(scope, "PAYMENTS_TOKEN"),
  });
  payments.attachTo(places.ingestion);
  payments.linkTo(places.ingestionProd);
  payments.linkTo(places.ingestionStaging, {
    overrides: { baseUrl: "https://sandbox.payments.example/v2" },
    overrideSecrets: {
      token: Secret.fromVariable(scope, "PAYMENTS_SANDBOX_TOKEN"),
    },
  });

  const partner = new HttpConnection(scope, "partner-api", {
    description: "Stock levels of our partner.",
    baseUrl: "https://stock.partner.example",
    login: "acme",
    password: Secret.fromVariable(scope, "PARTNER_PASSWORD"),
    secretHeaders: {
      "X-Api-Key": Secret.fromVariable(scope, "PARTNER_API_KEY"),
    },
    urlParameters: { format: "json" },
  });
  partner.attachTo(places.ingestion);
  partner.linkTo(places.ingestionProd);

  const search = new ElasticsearchConnection(scope, "search", {
    description: "Search of the shop.",
    host: "search.acme.example",
    port: 9243,
    index: "products",
    apiKey: Secret.fromVariable(scope, "SEARCH_API_KEY"),
  });
  search.attachTo(places.analytics);
  search.linkTo(places.analyticsProd);
  search.linkTo(places.analyticsStaging, {
    overrides: { index: "products-staging" },
  });

  const logs = new ElasticsearchConnection(scope, "logs", {
    description: "Logs of the platform.",
    host: "logs.acme.example",
    login: "monitor",
    password: Secret.fromVariable(scope, "LOGS_PASSWORD"),
  });
  logs.attachTo(places.operations);
  logs.linkTo(places.monitoring);

  const bank = new GenericConnection(scope, "bank-statements", {
    description: "Where the bank puts its statements.",
    connType: "sftp",
    host: "sftp.bank.example",
    port: 22,
    login: "acme",
    password: Secret.fromVariable(scope, "BANK_PASSWORD"),
    extra: { remote_path: "/statements" },
  });
  bank.attachTo(places.ingestion);
  bank.linkTo(places.ingestionProd);
}

import { AmazonS3Connection, Secret } from "cdktf-patchbay";
import type { Construct } from "constructs";
import type { Places } from "../places";

/** Buckets. */
export function declareStorage(scope: Construct, places: Places): void {
  const { analytics, ingestion, operations } = places;

  // In every deployment, present and future; monitoring has no business with raw data.
  const lake = new AmazonS3Connection(scope, "lake", {
    description: "The data lake.",
    bucket: "acme-lake",
    region: "eu-central-1",
    roleArn: "arn:aws:iam::123456789012:role/airflow-lake",
    externalId: "acme-airflow",
    autoLink: true,
    autoLinkExcept: [places.monitoring],
  });
  for (const workspace of [analytics, ingestion, operations])
    lake.attachTo(workspace);

  const exports = new AmazonS3Connection(scope, "partner-exports", {
    description: "What partners fetch from us.",
    bucket: "acme-partner-exports",
    prefix: "daily/",
    region: "eu-west-1",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: Secret.fromVariable(
      scope,
      "PARTNER_EXPORTS_SECRET_ACCESS_KEY",
    ),
  });
  exports.attachTo(analytics);
  exports.linkTo(places.analyticsProd);
  exports.linkTo(places.analyticsStaging, {
    overrides: { prefix: "staging/" },
  });
}

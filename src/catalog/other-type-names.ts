/**
 * Names that people write for a connection type and that are none: the type of
 * the catalogue that serves it, else the types of the platforms that have it.
 * Compared in small letters and without what joins words.
 */
const catalogueNames: Readonly<Record<string, readonly string[]>> = {
  postgresql: ["pg", "psql", "aurora", "cockroachdb", "timescaledb", "alloydb"],
  mysql: ["mariadb", "percona", "singlestore"],
  "amazon-s3": ["minio", "objectstorage", "awss3"],
  elasticsearch: ["opensearch", "elk", "es"],
  kafka: ["redpanda", "msk", "confluent", "confluentcloud"],
  http: ["https", "rest", "restapi", "api", "webhook", "url"],
  generic: ["other", "custom"],
};

const nativeNames: Readonly<Record<string, readonly string[]>> = {
  redshift: ["astro:redshift", "upsolver:REDSHIFT"],
  mssql: ["astro:mssql", "upsolver:MSSQL"],
  sqlserver: ["astro:mssql", "upsolver:MSSQL"],
  azuresql: ["astro:mssql"],
  oracle: ["astro:oracle"],
  bigquery: ["astro:gcpbigquery", "pipes:gcp"],
  gcp: ["astro:google_cloud_platform", "pipes:gcp", "datadog:GCP"],
  googlecloud: ["astro:google_cloud_platform", "pipes:gcp", "datadog:GCP"],
  googlecloudplatform: [
    "astro:google_cloud_platform",
    "pipes:gcp",
    "datadog:GCP",
  ],
  gcs: ["astro:google_cloud_platform"],
  aws: ["astro:aws", "pipes:aws", "datadog:AWS"],
  athena: ["astro:athena"],
  kinesis: ["upsolver:KINESIS"],
  glue: ["upsolver:GLUE_CATALOG"],
  azure: ["astro:azure", "pipes:azure", "datadog:Azure"],
  databricks: ["astro:databricks"],
  clickhouse: ["upsolver:CLICKHOUSE"],
  mongo: ["astro:mongo", "upsolver:MONGODB"],
  mongodb: ["astro:mongo", "upsolver:MONGODB"],
  redis: ["astro:redis"],
  cassandra: ["astro:cassandra"],
  trino: ["astro:trino"],
  presto: ["astro:presto"],
  sqlite: ["astro:sqlite"],
  duckdb: ["astro:duckdb"],
  jdbc: ["astro:jdbc"],
  odbc: ["astro:odbc"],
  spark: ["astro:spark"],
  hive: ["astro:hiveserver2"],
  kubernetes: ["astro:kubernetes", "pipes:kubernetes"],
  ssh: ["astro:ssh"],
  sftp: ["astro:sftp"],
  ftp: ["astro:ftp"],
  smtp: ["astro:smtp"],
  email: ["astro:smtp"],
  slack: ["astro:slack", "pipes:slack"],
  github: ["pipes:github"],
  gitlab: ["datadog:Gitlab"],
  jira: ["astro:jira", "pipes:jira"],
  salesforce: ["astro:salesforce", "pipes:salesforce"],
  servicenow: ["pipes:servicenow", "datadog:ServiceNow"],
  okta: ["pipes:okta", "datadog:Okta"],
  openai: ["pipes:openai", "datadog:OpenAI"],
  anthropic: ["datadog:Anthropic"],
  datadog: ["pipes:datadog", "datadog:Datadog"],
  cloudflare: ["pipes:cloudflare", "datadog:Cloudflare"],
  airbyte: ["astro:airbyte"],
  dbt: ["astro:dbt_cloud"],
  dbtcloud: ["astro:dbt_cloud"],
  fivetran: ["astro:fivetran"],
};

const servedBy: ReadonlyMap<string, string> = new Map(
  Object.entries(catalogueNames).flatMap(([type, names]) =>
    names.map((name): [string, string] => [name, type]),
  ),
);

/** The catalogue's type for what is called otherwise elsewhere. */
export function catalogueTypeFor(given: string): string | undefined {
  return servedBy.get(plain(given));
}

/** The platforms' own types for what the catalogue does not have. */
export function nativeTypesFor(given: string): readonly string[] {
  const name = plain(given);
  return Object.hasOwn(nativeNames, name) ? nativeNames[name]! : [];
}

function plain(given: string): string {
  return given.toLowerCase().replace(/[-_ .]/g, "");
}

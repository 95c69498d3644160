/**
 * How the connection types of the catalogue are held by Airflow, one small file
 * for each, and the native type for all others. Only translation belongs here:
 * no requests, and no rule of a type that its schema can say.
 */
import type { AstroType } from "./astro-type";
import { amazonS3 } from "./amazon-s3";
import { elasticsearch } from "./elasticsearch";
import { generic } from "./generic";
import { http } from "./http";
import { kafka } from "./kafka";
import { mysql } from "./mysql";
import { postgresql } from "./postgresql";
import { snowflake } from "./snowflake";

/** In the order in which they are tried on what is stored: marked ones first. */
export const translatedTypes: readonly AstroType[] = [
  generic,
  amazonS3,
  elasticsearch,
  http,
  kafka,
  mysql,
  postgresql,
  snowflake,
];

export { nativeType } from "./native";

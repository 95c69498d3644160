/**
 * One wrapper over fetch for every platform: time-outs, proxies, retries of what
 * is safe to repeat, rate limits, size limits, and failures as diagnostics. The only
 * folder that calls fetch. Knows no platform and no connection; nothing of a
 * body, a query, an answer or a credential ever gets into a message or a log.
 */
export { ApiError, type ApiErrorFacts } from "./api-error";
export {
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpLog,
} from "./http-client";
export type {
  HttpHeaders,
  HttpMethod,
  HttpRequest,
  HttpResponse,
  Refusal,
  RefusalAnswer,
  RefusalReader,
} from "./http-request";
export type { Environment } from "./proxy-address";
export type { RateLimits } from "./rate-gate";
export type { HeaderReader } from "./retry-timing";
export { systemTime, type Time } from "./time";

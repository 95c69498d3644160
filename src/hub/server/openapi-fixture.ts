import Ajv from "ajv/dist/2020";
import { openApiDocument } from "./openapi";

/** For tests: what the OpenAPI document knows about an answer. */
export interface ObservedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly answer: unknown;
}

interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface DocumentedOperation {
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

const document = openApiDocument();
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(document, "openapi");

/** For tests: how an answer differs from what the OpenAPI document promises. Refusals must be problems, everywhere. */
export function answerFaults({
  method,
  path,
  status,
  answer,
}: ObservedAnswer): readonly string[] {
  if (status >= 400)
    return faults("openapi#/components/schemas/Problem", answer);
  const operation = operationOf(method, path.split("?")[0] ?? path);
  if (operation === undefined) return [`${method} ${path} is not documented`];
  const response = operation.operation.responses[String(status)];
  if (response === undefined)
    return [`${method} ${path} does not document the status ${status}`];
  if (response.content === undefined) {
    return answer === undefined ? [] : [`${method} ${path} documents no body`];
  }
  const pointer = [
    operation.template,
    method.toLowerCase(),
    "responses",
    String(status),
    "content",
    "application/json",
    "schema",
  ];
  return faults(`openapi#/paths/${pointer.map(escaped).join("/")}`, answer);
}

/** Concrete paths go before templates, as OpenAPI says. */
function operationOf(method: string, path: string) {
  const steps = path.split("/");
  const templates = Object.keys(document.paths).sort(
    (left, right) => left.split("{").length - right.split("{").length,
  );
  for (const template of templates) {
    const parts = template.split("/");
    const fits =
      parts.length === steps.length &&
      parts.every((part, at) => part.startsWith("{") || part === steps[at]);
    const operation = document.paths[template]?.[method.toLowerCase()];
    if (fits && operation !== undefined)
      return { template, operation: operation as DocumentedOperation };
  }
  return undefined;
}

function faults(reference: string, answer: unknown): readonly string[] {
  const validate = ajv.getSchema(reference);
  if (validate === undefined) return [`no schema at ${reference}`];
  return validate(answer) ? [] : [ajv.errorsText(validate.errors)];
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}

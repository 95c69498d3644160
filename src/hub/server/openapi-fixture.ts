import { openApiDocument } from "./openapi";

export const document = openApiDocument();

/** For tests: a real request and the status of its answer. */
export interface ObservedExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

interface DocumentedOperation {
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

/**
 * For tests: where the document says how the answer's body looks, as a JSON
 * pointer; "none" where it says that there is none, undefined where it does not
 * know the operation or the status. Every refusal is a problem.
 */
export function documentedBody({
  method,
  path,
  status,
}: ObservedExchange): string | undefined {
  if (status >= 400) return "#/components/schemas/Problem";
  const template = templateOf(method, path.split("?")[0] ?? path);
  if (template === undefined) return undefined;
  const operation = document.paths[template]?.[
    method.toLowerCase()
  ] as DocumentedOperation;
  const response = operation.responses[String(status)];
  if (response === undefined) return undefined;
  if (response.content === undefined) return "none";
  const steps = [
    "paths",
    template,
    method.toLowerCase(),
    "responses",
    String(status),
    "content",
    "application/json",
  ];
  return `#/${[...steps, "schema"].map(escaped).join("/")}`;
}

/** Concrete paths go before templates, as OpenAPI says. */
function templateOf(method: string, path: string): string | undefined {
  const steps = path.split("/");
  return Object.keys(document.paths)
    .sort((left, right) => left.split("{").length - right.split("{").length)
    .find((template) => {
      const parts = template.split("/");
      return (
        parts.length === steps.length &&
        parts.every((part, at) => part.startsWith("{") || part === steps[at]) &&
        document.paths[template]?.[method.toLowerCase()] !== undefined
      );
    });
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}

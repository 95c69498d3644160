export type StandinMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request as a route sees it. */
export interface StandinRequest {
  readonly method: StandinMethod;
  /** Without the query, as it was sent. */
  readonly path: string;
  /** `/connections/{name}`; the path itself where no route is for it. */
  readonly pathTemplate: string;
  /** By the names in the template, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** In lower case, credentials included: for checking them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text itself where it is none; undefined where there is none. */
  readonly body: unknown;
}

/** An answer: JSON, or a text, or nothing. */
export interface StandinAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StandinRoute {
  readonly method: StandinMethod;
  /** `/v1/connections/{name}`; segments without braces go before those with. */
  readonly path: string;
  /** Not in the vendor's document, on purpose: the contract leaves it alone. @default false */
  readonly undocumented?: boolean;
  /** Does everything at once, so that no two requests get in each other's way. */
  readonly handle: (request: StandinRequest) => StandinAnswer;
}

/** A template that fits a path, and what its parameters are. */
export interface PathMatch<T> {
  readonly item: T;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The item whose template fits the path; where several do, the one with the fewest parameters. */
export function matchPath<T extends { readonly path: string }>(
  items: readonly T[],
  path: string,
): PathMatch<T> | undefined {
  const matches = items.flatMap((item) => {
    const parameters = parametersOf(item.path, path);
    return parameters === undefined ? [] : [{ item, parameters }];
  });
  return matches.sort(
    (left, right) =>
      Object.keys(left.parameters).length -
      Object.keys(right.parameters).length,
  )[0];
}

function parametersOf(
  template: string,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const parts = template.split("/");
  const steps = path.split("/");
  if (parts.length !== steps.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const step = steps[index]!;
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== step : step === "") return undefined;
    if (name !== undefined) parameters[name] = decoded(step);
  }
  return parameters;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

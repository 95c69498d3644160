import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  Ajv2019,
  type ErrorObject,
  type ValidateFunction,
} from "ajv/dist/2019";
import { parse } from "yaml";
import {
  convertedSchema,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiParameter,
  type OpenApiSchema,
  resolved,
} from "./openapi-schema";
import { matchPath, type StandinAnswer, type StandinRequest } from "./route";

/** A vendor's document, ready to check what is exchanged. */
export interface Contract {
  /** What does not fit, as sentences that hold paths and rules but never a value. */
  check(request: StandinRequest, answer: StandinAnswer): readonly string[];
}

export interface ContractOptions {
  /** What stands before the document's paths. @default the path of its server's address */
  readonly basePath?: string;
  /** Where the vendor's own behaviour is known to differ from the vendor's document. */
  readonly exceptions?: readonly ContractException[];
}

/** A known fault of a vendor's document. */
export interface ContractException {
  /** `POST /connections/{name}`, as the document writes it. @default every operation */
  readonly operation?: string;
  readonly part: "query" | "request" | "answer";
  /** What the violation's words have to contain: a path (`/data/attributes`), a rule, a field, a status. */
  readonly about: string;
  /** Why the document is not to be followed here. */
  readonly reason: string;
}

/** Reads a vendor's document; undefined where it is not on this machine. */
export function loadContract(
  file: string,
  options: ContractOptions = {},
): Contract | undefined {
  const path = specificationPath(file);
  if (path === undefined) return undefined;
  const document = parse(readFileSync(path, "utf8")) as OpenApiDocument;
  return new OpenApiContract(document, options);
}

/** Where a vendor's document is: in the directory that PATCHBAY_SPECS names, else in shared/specs beside the repository. */
export function specificationPath(file: string): string | undefined {
  const configured = process.env["PATCHBAY_SPECS"];
  const directory =
    configured ?? join(dirname(repositoryRoot(__dirname)), "shared", "specs");
  const path = join(directory, file);
  return existsSync(path) ? path : undefined;
}

function repositoryRoot(directory: string): string {
  const parent = dirname(directory);
  return existsSync(join(directory, "package.json")) || parent === directory
    ? directory
    : repositoryRoot(parent);
}

type Direction = "request" | "answer";

class OpenApiContract implements Contract {
  readonly #document: OpenApiDocument;
  readonly #exceptions: readonly ContractException[];
  readonly #basePath: string;
  readonly #paths: readonly { readonly path: string }[];
  readonly #ajv: Readonly<Record<Direction, Ajv2019>>;
  readonly #validators = new Map<OpenApiSchema, ValidateFunction>();

  constructor(document: OpenApiDocument, options: ContractOptions) {
    this.#document = document;
    this.#exceptions = options.exceptions ?? [];
    this.#basePath = options.basePath ?? basePathOf(document);
    this.#paths = Object.keys(document.paths).map((path) => ({ path }));
    this.#ajv = {
      request: this.#compiler("request"),
      answer: this.#compiler("answer"),
    };
  }

  check(request: StandinRequest, answer: StandinAnswer): readonly string[] {
    const path = request.path.startsWith(this.#basePath)
      ? request.path.slice(this.#basePath.length)
      : undefined;
    const match = path === undefined ? undefined : matchPath(this.#paths, path);
    const template = match?.item.path;
    const item =
      template === undefined ? undefined : this.#document.paths[template];
    const operation = item?.[request.method.toLowerCase()] as
      OpenApiOperation | undefined;
    if (match === undefined || item === undefined || operation === undefined) {
      return [
        `${request.method} ${request.pathTemplate} is not in the document (mark the route as undocumented if that is known).`,
      ];
    }
    const parameters = [
      ...(item.parameters ?? []),
      ...(operation.parameters ?? []),
    ].map((parameter) => resolved(this.#document, parameter));
    const name = `${request.method} ${match.item.path}`;
    const faulted = answer.status === 400 || answer.status === 422;
    return [
      // What a platform refuses as wrong may be wrong: some tests ask for it on purpose.
      ...(faulted
        ? []
        : [
            ...this.#checkParameters(parameters, request, match.parameters).map(
              (fault) => ({ part: "query" as const, fault }),
            ),
            ...this.#checkRequest(operation, request).map((fault) => ({
              part: "request" as const,
              fault,
            })),
          ]),
      ...this.#checkAnswer(operation, answer).map((fault) => ({
        part: "answer" as const,
        fault,
      })),
    ]
      .filter(({ part, fault }) => !this.#isExcepted(name, part, fault))
      .map(({ part, fault }) => `${name}, ${part}: ${fault}`);
  }

  #checkParameters(
    parameters: readonly OpenApiParameter[],
    { query, headers }: StandinRequest,
    inPath: Readonly<Record<string, string>>,
  ): readonly string[] {
    const given = (parameter: OpenApiParameter): readonly string[] => {
      const { name } = parameter;
      if (parameter.in === "query") return query.getAll(name);
      const value =
        parameter.in === "path" ? inPath[name] : headers[name.toLowerCase()];
      return value === undefined ? [] : [value];
    };
    const known = new Set(
      parameters
        .filter((parameter) => parameter.in === "query")
        .map(({ name }) => name),
    );
    const unknown = [...new Set(query.keys())].filter(
      (name) => !known.has(name),
    );
    return [
      ...unknown.map(
        (name) => `the parameter "${name}" is not in the document`,
      ),
      ...parameters
        .filter((parameter) =>
          ["query", "path", "header"].includes(parameter.in),
        )
        .flatMap((parameter) => {
          const values = given(parameter);
          if (values.length === 0)
            return parameter.required === true
              ? [`the parameter "${parameter.name}" is missing`]
              : [];
          if (parameter.schema === undefined) return [];
          const schema = resolved(this.#document, parameter.schema);
          const validate = this.#validator("request", parameter.schema);
          const value = coerced(this.#document, schema, values);
          return validate(value)
            ? []
            : wordsOf(validate.errors, `the parameter "${parameter.name}"`);
        }),
    ];
  }

  #checkRequest(
    { requestBody }: OpenApiOperation,
    { body }: StandinRequest,
  ): readonly string[] {
    if (requestBody === undefined)
      return body === undefined ? [] : ["the document knows no body"];
    const { content, required } = resolved(this.#document, requestBody);
    if (body === undefined)
      return required === true ? ["the body is missing"] : [];
    return this.#checkBody("request", jsonSchemaOf(content), body);
  }

  #checkAnswer(
    { responses }: OpenApiOperation,
    { status, body, text }: StandinAnswer,
  ): readonly string[] {
    const wildcard = `${Math.floor(status / 100)}XX`;
    const documented =
      responses[String(status)] ?? responses[wildcard] ?? responses["default"];
    if (documented === undefined)
      return [`the status ${status} is not in the document`];
    const { content } = resolved(this.#document, documented);
    if (content === undefined) {
      return body === undefined && (text ?? "") === ""
        ? []
        : [`the document knows no body for ${status}`];
    }
    const sent = text === undefined ? body : jsonOrText(text);
    return this.#checkBody("answer", jsonSchemaOf(content), sent);
  }

  #checkBody(
    direction: Direction,
    schema: OpenApiSchema | undefined,
    body: unknown,
  ): readonly string[] {
    if (schema === undefined) return [];
    const validate = this.#validator(direction, schema);
    return validate(body) ? [] : wordsOf(validate.errors, "the body");
  }

  #validator(direction: Direction, schema: OpenApiSchema): ValidateFunction {
    const existing = this.#validators.get(schema);
    if (existing) return existing;
    const validate = this.#ajv[direction].compile(
      convertedSchema(this.#document, schema, direction),
    );
    this.#validators.set(schema, validate);
    return validate;
  }

  #compiler(direction: Direction): Ajv2019 {
    const ajv = new Ajv2019({
      strict: false,
      allErrors: true,
      // Vendors escape what needs no escape.
      unicodeRegExp: false,
      // Vendors put all kinds of things there, regular expressions included.
      validateFormats: false,
      logger: false,
    });
    const schemas = this.#document.components?.schemas ?? {};
    for (const [name, schema] of Object.entries(schemas)) {
      ajv.addSchema(
        convertedSchema(this.#document, schema, direction, { part: true }),
        `/schemas/${name}`,
      );
    }
    return ajv;
  }

  #isExcepted(
    operation: string,
    part: ContractException["part"],
    fault: string,
  ): boolean {
    return this.#exceptions.some(
      (exception) =>
        exception.part === part &&
        (exception.operation === undefined ||
          exception.operation === operation) &&
        fault.includes(exception.about),
    );
  }
}

function basePathOf({ servers }: OpenApiDocument): string {
  const address = servers?.[0]?.url ?? "";
  if (address.includes("{") || !URL.canParse(address)) return "";
  return new URL(address).pathname.replace(/\/+$/, "");
}

function jsonSchemaOf(
  content: Readonly<Record<string, { readonly schema?: OpenApiSchema }>>,
): OpenApiSchema | undefined {
  const type = Object.keys(content).find(
    (name) => /json/.test(name) || name === "*/*",
  );
  return type === undefined ? undefined : content[type]?.schema;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** What a text in an address means to the schema. */
function coerced(
  document: OpenApiDocument,
  schema: OpenApiSchema,
  values: readonly string[],
): unknown {
  const { type, items } = schema as {
    readonly type?: string;
    readonly items?: OpenApiSchema;
  };
  const [first = ""] = values;
  if (type === "array") {
    const item = items === undefined ? {} : resolved(document, items);
    return values
      .flatMap((value) => value.split(","))
      .map((value) => coerced(document, item, [value]));
  }
  if ((type === "integer" || type === "number") && first.trim() !== "")
    return Number.isNaN(Number(first)) ? first : Number(first);
  if (type === "boolean" && ["true", "false"].includes(first))
    return first === "true";
  return first;
}

/** Where and which rule, with the names that the rule is about; no values. */
function wordsOf(
  errors: readonly ErrorObject[] | null | undefined,
  what: string,
): readonly string[] {
  const told = (errors ?? []).map((error) => {
    const params = error.params as Readonly<Record<string, unknown>>;
    const name =
      params["missingProperty"] ??
      params["additionalProperty"] ??
      params["unevaluatedProperty"] ??
      params["type"] ??
      "";
    const subject = name === "" ? "" : ` (${String(name)})`;
    return `${what} at ${error.instancePath || "/"} breaks ${error.schemaPath}${subject}`;
  });
  return [...new Set(told)].slice(0, 8);
}

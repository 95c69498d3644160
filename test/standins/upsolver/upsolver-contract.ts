import type { Contract, StandinAnswer, StandinRequest } from "../kit";

/**
 * Upsolver publishes no document, so its contract is written by hand: what its
 * own clients send (the SDK of 2024, the CLI of 2023), and the answers that they can read.
 */
export const upsolverContract: Contract = {
  check: (request, answer) => [
    ...requestFaults(request),
    ...answerFaults(request, answer),
  ],
};

type Shape = Readonly<Record<string, unknown>>;

function requestFaults({
  method,
  path,
  headers,
  body,
}: StandinRequest): readonly string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(`request ${method} ${path}: ${fault}`);
  };
  check(
    /^\S+$/.test(headers["authorization"] ?? ""),
    "authorization is not the bare token",
  );
  if (method === "GET") {
    check(body === undefined, "a GET has a body");
    return faults;
  }
  const { sql, preferredQueryEngine, ...others } = objectOf(body);
  check(/^\/{1,2}query$/.test(path), "statements go to /query");
  check(
    headers["content-type"] === "application/json",
    "the body is not announced as JSON",
  );
  check(typeof sql === "string" && sql !== "", "there is no sql");
  check(Object.keys(others).length === 0, "there is more than a statement");
  const { displayName, engine } = objectOf(preferredQueryEngine);
  check(
    preferredQueryEngine === undefined ||
      (displayName === "Upsolver" &&
        objectOf(engine)["clazz"] ===
          "GetAvailableQueryEnginesUseCase$QueryEngine"),
    "the engine is none that clients ask for",
  );
  return faults;
}

function answerFaults(
  { method, path }: StandinRequest,
  { status, body, headers }: StandinAnswer,
): readonly string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(`answer ${status} to ${method} ${path}: ${fault}`);
  };
  check(headers?.["x-api-requestid"] !== undefined, "no x-api-requestid");
  if (status >= 400) {
    const isText = typeof body === "string" || body === null;
    const { message, detailMessage } = objectOf(body);
    check(
      isText || typeof (message ?? detailMessage) === "string",
      "an error is a text, a message or nothing",
    );
    return faults;
  }
  if (path === "/environments/local-api") {
    const { name } = objectOf(objectOf(body)["dnsInfo"]);
    check(typeof name === "string", "no address to ask at");
    return faults;
  }
  check([200, 201, 202].includes(status), "a status that clients do not know");
  check(!Array.isArray(body) || body.length === 1, "a list of several");
  const reply = objectOf(Array.isArray(body) ? body[0] : body);
  if (status !== 200) {
    check(reply["status"] === "Pending", "accepted, but not pending");
    check(isPath(reply["current"]), "no path to ask at");
    return faults;
  }
  check(reply["status"] === "Success", "done, but no success");
  check(typeof reply["kind"] === "string", "no kind");
  if (reply["kind"] === "upsolver_query_response") {
    check(typeof reply["message"] === "string", "no message");
    check(reply["result"] === undefined, "a message with a result");
    return faults;
  }
  const result = objectOf(reply["result"]);
  if (reply["kind"] === "upsolver_scalar_query_response") {
    const scalar = objectOf(result["scalar"]);
    check("value" in scalar && "valueType" in scalar, "no scalar");
    return faults;
  }
  const { columns, data } = objectOf(result["grid"]);
  check(
    Array.isArray(columns) &&
      columns.every((column) => {
        const { name, columnType } = objectOf(column);
        return (
          typeof name === "string" &&
          typeof objectOf(columnType)["clazz"] === "string"
        );
      }),
    "columns without name and clazz",
  );
  check(Array.isArray(data) && data.every(Array.isArray), "data is no grid");
  check(
    result["next"] === undefined || isPath(result["next"]),
    "next is no path",
  );
  return faults;
}

function isPath(value: unknown): boolean {
  return typeof value === "string" && !value.includes("://");
}

function objectOf(value: unknown): Shape {
  return typeof value === "object" && value !== null ? (value as Shape) : {};
}

import { functions } from "../functions";
import {
  type CallFunctionRequest,
  type CallFunctionResponse,
  decodeDynamicValue,
  DYNAMIC,
  encodeDynamicValue,
} from "../wire";

/** Failures of a function are not diagnostics: they point at one of its arguments. */
export function callFunction(
  request: CallFunctionRequest,
): CallFunctionResponse {
  const called = functions.get(request.name);
  if (called === undefined)
    return { error: { text: `There is no function ${request.name}.` } };
  const { parameters = [], return: returned } = called.definition;
  const outcome = called.call(
    request.arguments.map((argument, index) =>
      decodeDynamicValue(parameters[index]?.type ?? DYNAMIC, argument),
    ),
  );
  return outcome.ok
    ? { result: encodeDynamicValue(returned.type, outcome.result) }
    : { error: { text: outcome.text, functionArgument: outcome.argument } };
}

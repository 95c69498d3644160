import type { TokenOperations } from "../../hub";
import {
  createdTokenOf,
  observedTokenOf,
  tokenInput,
  tokenPath,
  TOKENS_PATH,
} from "../../hub/wire";
import { createdTokenShape, tokenShape } from "./answers";
import type { HubCalls } from "./calls";

/** Tokens over HTTP. */
export function tokensOf(calls: HubCalls): TokenOperations {
  const all = { path: TOKENS_PATH, pathTemplate: TOKENS_PATH };
  return {
    list: (options) =>
      calls.page(all, options, { shape: tokenShape, read: observedTokenOf }),
    create: (options) =>
      calls.create({ ...all, body: tokenInput(options) }, options, {
        shape: createdTokenShape,
        read: createdTokenOf,
      }),
    delete: (options) =>
      calls.delete(
        {
          path: tokenPath(options.platformId),
          pathTemplate: `${TOKENS_PATH}/{token}`,
        },
        options,
      ),
  };
}

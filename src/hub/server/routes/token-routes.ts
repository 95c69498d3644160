import {
  createTokenOptionsOf,
  pageResource,
  type TokenInput,
  tokenResource,
} from "../../wire";
import type { Route } from "../route";

export const tokenRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/tokens",
    operationId: "listTokens",
    summary: "The tokens that are valid, without their text",
    access: "admin",
    query: ["limit", "cursor"],
    answer: "Token",
    paged: true,
    handle: async (api, { page }) => ({
      body: pageResource(await api.tokens.list(page), tokenResource),
    }),
  },
  {
    method: "POST",
    path: "/v1/tokens",
    operationId: "createToken",
    summary: "Create a token; its text is shown only now",
    access: "admin",
    body: "TokenInput",
    answer: "Token",
    status: 201,
    handle: async (api, request) => {
      const created = await api.tokens.create(
        createTokenOptionsOf(request.body<TokenInput>()),
      );
      return {
        body: { ...tokenResource(created), token: created.token.reveal() },
      };
    },
  },
  {
    method: "DELETE",
    path: "/v1/tokens/{token_id}",
    operationId: "deleteToken",
    summary: "Refuse a token from now on",
    access: "admin",
    handle: async (api, { parameters }) => {
      await api.tokens.delete({ platformId: parameters["token_id"] ?? "" });
      return undefined;
    },
  },
];

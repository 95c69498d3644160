import { accountResource, pageResource } from "../../wire";
import { ACCOUNT_PATH, type Route } from "../route";
import { required } from "./required";

export const accountRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/accounts",
    operationId: "listAccounts",
    summary: "All organizations and users",
    access: "admin_read",
    query: ["limit", "cursor"],
    answer: "Account",
    paged: true,
    handle: async (api, { page }) => ({
      body: pageResource(await api.accounts.list(page), accountResource),
    }),
  },
  {
    method: "GET",
    path: ACCOUNT_PATH,
    operationId: "getAccount",
    summary: "One organization or user",
    access: "read",
    answer: "Account",
    handle: async (api, { account }) => ({
      body: accountResource(
        required(await api.accounts.tryFind({ account }), "account"),
      ),
    }),
  },
  {
    method: "PUT",
    path: ACCOUNT_PATH,
    operationId: "ensureAccount",
    summary: "Make an account where it is not there yet",
    access: "write",
    answer: "Account",
    handle: async (api, { account }) => ({
      body: accountResource(await api.accounts.ensure({ account })),
    }),
  },
  {
    method: "DELETE",
    path: ACCOUNT_PATH,
    operationId: "deleteAccount",
    summary: "Delete an empty account and its tokens",
    access: "admin",
    handle: async (api, { account }) => {
      await api.accounts.delete({ account });
      return undefined;
    },
  },
];

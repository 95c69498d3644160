import type { Access, CallOptions } from "../../model";
import { bindingsOfAccess } from "./access";
import type { Binding } from "./answers";
import type { DatadogClient } from "./client";

/** No bindings at all restore the default. */
export async function restrict(
  client: DatadogClient,
  id: string,
  access: Access,
  options: CallOptions,
): Promise<readonly Binding[]> {
  const bindings = bindingsOfAccess(access);
  if (bindings.length > 0) return await client.putPolicy(id, bindings, options);
  await client.deletePolicy(id, options);
  return [];
}

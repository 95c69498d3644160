/** What a printed plan does, by address: `created`, `updated in-place`, `replaced`, `destroyed`. Data sources are left out. */
export function plannedActions(plan: string): Readonly<Record<string, string>> {
  const actions = plan.matchAll(
    /^ {2}# (\S.*?) (?:will|must) be (created|updated in-place|replaced|destroyed)/gm,
  );
  return Object.fromEntries(
    [...actions].map(([, address, action]) => [address, action]),
  );
}

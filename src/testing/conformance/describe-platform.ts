import { testConcurrency } from "./concurrency-tests";
import { testConnections } from "./connection-tests";
import { testDeclarations } from "./declaration-tests";
import { testDrift } from "./drift-tests";
import { testFaults } from "./fault-tests";
import { testFeatures } from "./feature-tests";
import { testAttachments, testLinks } from "./place-tests";
import { testSecrets } from "./secret-tests";
import { type PlatformUnderTest, Suite, type TestRunner } from "./suite";

/**
 * Registers the behaviour suite that every platform passes: what the port
 * promises, checked through the port alone. Features that the capabilities do
 * not name are checked to be absent.
 */
export function describePlatform(subject: PlatformUnderTest): void {
  const runner = subject.runner ?? globalRunner();
  runner.describe(`platform ${subject.name}`, () => {
    const suite = new Suite(subject, runner);
    testConnections(suite);
    testDeclarations(suite);
    testSecrets(suite);
    testFeatures(suite);
    testDrift(suite);
    testConcurrency(suite);
    if (subject.injectFault) testFaults(suite);
    if (suite.has("attachments")) testAttachments(suite);
    if (suite.has("links")) testLinks(suite);
  });
}

function globalRunner(): TestRunner {
  const { describe, test } = globalThis as Partial<TestRunner>;
  if (describe === undefined || test === undefined) {
    throw new Error(
      'There is no global "describe" and "test": pass them as "runner".',
    );
  }
  return { describe, test };
}

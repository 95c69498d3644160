import {
  type Contract,
  type ContractOptions,
  loadContract,
} from "./openapi-contract";

/** A group of tests that need a vendor's document; skipped, and named so, where it is not on this machine. */
export function describeWithContract(
  title: string,
  file: string,
  tests: (contract: Contract) => void,
  options?: ContractOptions,
): void {
  const contract = loadContract(file, options);
  if (contract === undefined)
    describe.skip(`${title} (${file} is not there; set PATCHBAY_SPECS)`, () => {
      test.todo("the vendor's document");
    });
  else describe(title, () => tests(contract));
}

import { TerraformStack } from "./framework";
import type { IConstruct } from "constructs";

/**
 * The constructs of one kind that a stack holds, found again at synthesis by a
 * text that each of them has then. The index is made once for all who ask.
 */
export class StackRegistry<T extends IConstruct> {
  readonly #identity: (element: T) => string;
  readonly #members = new WeakMap<TerraformStack, T[]>();
  readonly #indexes = new WeakMap<
    TerraformStack,
    { readonly size: number; readonly byIdentity: Map<string, T[]> }
  >();

  constructor(identity: (element: T) => string) {
    this.#identity = identity;
  }

  add(element: T): void {
    const stack = TerraformStack.of(element);
    const members = this.#members.get(stack);
    if (members === undefined) this.#members.set(stack, [element]);
    else members.push(element);
  }

  /** The members of the stack with this identity, in the order in which they were made. Meant for synthesis, when the tree is complete. */
  find(scope: IConstruct, identity: string): readonly T[] {
    const stack = TerraformStack.of(scope);
    const members = this.#members.get(stack) ?? [];
    let index = this.#indexes.get(stack);
    if (index?.size !== members.length) {
      index = { size: members.length, byIdentity: this.#group(members) };
      this.#indexes.set(stack, index);
    }
    return index.byIdentity.get(identity) ?? [];
  }

  #group(members: readonly T[]): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const member of members) {
      const identity = this.#identity(member);
      const group = groups.get(identity);
      if (group === undefined) groups.set(identity, [member]);
      else group.push(member);
    }
    return groups;
  }

  /** The members that say the same as this one and came before it. */
  earlierTwins(element: T): readonly T[] {
    const same = this.find(element, this.#identity(element));
    return same.slice(0, same.indexOf(element));
  }
}

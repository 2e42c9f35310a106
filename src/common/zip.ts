/** The items of two lists side by side. Throws where one is longer. */
export function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  if (left.length !== right.length) throw new RangeError(`${left.length} items don't go with ${right.length}`);
  return left.map((item, index) => [item, right[index] as B]);
}

/**
 * Makes a function that gives the list of before where the next has the same items: what takes in a list as a whole
 * need not do so again then.
 */
export function steadyList<T>(): (next: T[]) => T[] {
  let before: T[] = [];
  return (next) => {
    if (next.length !== before.length || next.some((item, index) => item !== before[index])) before = next;
    return before;
  };
}

export interface InTurn {
  /** Does one thing after the other for each key; what fails does not stand in the way of the next. */
  <T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Done when nothing waits. */
  settled(): Promise<void>;
}

export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const done = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = done.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return done;
  };
  return Object.assign(inTurn, {
    async settled() {
      while (last.size > 0) await Promise.all(last.values());
    },
  });
}

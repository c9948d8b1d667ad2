import { useStore, type StoreApi, type UseBoundStore } from 'zustand';

/** A store that is read alone: what it holds is a part of another one. */
export type ReadStore<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>;

/**
 * A part of a store as a store of its own, for whom nothing else matters. `select` gives the same object as long as
 * that part is the same.
 */
export function derivedStore<S, T>(
  source: ReadStore<S>,
  select: (state: S) => T,
): UseBoundStore<ReadStore<T>> {
  return bound<T, ReadStore<T>>({
    getState: () => select(source.getState()),
    getInitialState: () => select(source.getInitialState()),
    subscribe: (listener) =>
      source.subscribe((state, earlier) => {
        const [now, before] = [select(state), select(earlier)];
        if (now !== before) listener(now, before);
      }),
  });
}

/** A store with the hook that reads it. */
export function bound<T, A extends ReadStore<T>>(api: A): UseBoundStore<A> {
  function useBound(): T;
  function useBound<U>(selector: (state: T) => U): U;
  function useBound<U>(selector?: (state: T) => U): T | U {
    return useStore(api, selector ?? ((state: T): T | U => state));
  }
  return Object.assign(useBound, api) as UseBoundStore<A>;
}

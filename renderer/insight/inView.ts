import { useEffect, type RefObject } from 'react';

import { useLooking } from './looking.ts';

/** How far outside of the window a block counts as seen, so that one that is moved in has its maps. */
const rootMargin = '120px';

const idOf = new WeakMap<Element, string>();
let observer: IntersectionObserver | undefined;

/** Tells who asks for maps whether a layer's block can be seen, by the element that stands on it. */
export function useInView(element: RefObject<Element | null>, id: string): boolean {
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    observer ??= new IntersectionObserver(note, { rootMargin });
    idOf.set(current, id);
    observer.observe(current);
    return () => {
      observer?.unobserve(current);
      change([id], []);
    };
  }, [element, id]);
  return useLooking(({ inView }) => inView.has(id));
}

function note(entries: readonly IntersectionObserverEntry[]): void {
  const ids = (isSeen: boolean) =>
    entries.flatMap(({ isIntersecting, target }) =>
      isIntersecting === isSeen ? (idOf.get(target) ?? []) : [],
    );
  change(ids(false), ids(true));
}

function change(gone: readonly string[], come: readonly string[]): void {
  const { inView } = useLooking.getState();
  if (gone.every((id) => !inView.has(id)) && come.every((id) => inView.has(id))) return;
  const next = new Set(inView);
  for (const id of gone) next.delete(id);
  for (const id of come) next.add(id);
  useLooking.setState({ inView: next });
}

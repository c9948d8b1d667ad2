import { createContext, use, useDeferredValue, type ReactNode } from 'react';

import type { Document } from '../../shared/document.ts';
import { useDocument } from './document.ts';
import type { DocumentState } from './steps.ts';

const ShownContext = createContext<Document | null>(null);

/**
 * Gives what is drawn from the document, the network and its numbers, the document to draw. That is the present one,
 * but while values are typed: what follows from a letter may be drawn a moment after the letter.
 */
export function ShownDocument({ children }: { readonly children: ReactNode }) {
  const present = useDocument();
  const earlier = useDeferredValue(present);
  const shown = hasOtherValuesOnly(earlier, present) ? earlier : present;
  return <ShownContext value={shown.document}>{children}</ShownContext>;
}

/** The document that is drawn: the same layers and edges as in the present one, maybe with values of a moment ago. */
export function useShownDocument(): Document {
  const document = use(ShownContext);
  if (document === null) throw new Error('There is no ShownDocument around this component.');
  return document;
}

/** Anything else but values is drawn at once: a layer that is gone cannot be drawn, selected or dragged. */
function hasOtherValuesOnly(earlier: DocumentState, present: DocumentState): boolean {
  return (
    present.step?.key === 'changeParams' &&
    earlier.document.edges === present.document.edges &&
    earlier.document.blocks === present.document.blocks &&
    earlier.document.nodes.length === present.document.nodes.length
  );
}

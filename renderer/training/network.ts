import { networkKey as textOf } from '../../shared/compile/networkKey.ts';
import type { Document } from '../../shared/document.ts';

const keys = new WeakMap<Document, string>();

/** All that compiling reads of a document, as text: equal for documents that train the same model from the same start. */
export function networkKey(document: Document): string {
  // Screens that look into a network ask for it with every step of a training.
  const key = keys.get(document) ?? textOf(document);
  keys.set(document, key);
  return key;
}

import type { Document, DocumentEdge } from '../document.ts';
import type { TrainingValues } from './edits.ts';

/** Lets layer `by` feed all that another feeds, and takes that one out. Edges that become one are drawn once. */
export function replaceSource(document: Document, nodeId: string, by: string): Document {
  if (nodeId === by || !document.nodes.some(({ id }) => id === by)) return document;
  const moved = document.edges
    .filter(({ target }) => target !== nodeId)
    .map((edge) => (edge.source === nodeId ? { ...edge, source: by } : edge));
  return {
    ...document,
    nodes: document.nodes.filter(({ id }) => id !== nodeId),
    edges: [...new Map(moved.map((edge) => [keyOf(edge), edge])).values()],
  };
}

function keyOf({ source, target, targetHandle = '' }: DocumentEdge): string {
  return `${source} ${target} ${targetHandle}`;
}

/** Sets how many examples a batch has, how far a step of the optimizer goes, and what is made small. */
export function setTrainingValues(
  document: Document,
  { batchSize, learningRate, loss }: TrainingValues,
): Document {
  const { training } = document;
  const { optimizer } = training;
  return {
    ...document,
    training: {
      ...training,
      ...(batchSize === undefined ? {} : { batchSize }),
      ...(loss === undefined ? {} : { loss }),
      ...(learningRate === undefined ? {} : { optimizer: { ...optimizer, learningRate } }),
    },
  };
}

import { emptyDocument, type Document } from '../shared/document.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { addNode, connect } from '../shared/graph/edit.ts';
import { layerSpec } from '../shared/layers/index.ts';
import { initialParams } from '../shared/layers/paramValues.ts';

/** A chain of convolutions, one in ten a pooling with padding `same`, that is `layers` long. */
function chain(layers: number): Document {
  let document = addNode(emptyDocument(), 'Input', { x: 0, y: 0 }, { shape: [256, 256, 3] }).document;
  const nodes = [...document.nodes];
  const edges = [...document.edges];
  for (let at = 1; at < layers; at += 1) {
    const source = nodes[at - 1]?.id ?? '';
    const kind = at % 10 === 0 ? 'MaxPooling2D' : 'Conv2D';
    // All values written out, as in what the designer draws.
    const own = kind === 'Conv2D' ? { filters: 8, padding: 'same' } : { padding: 'same' };
    const params = { ...initialParams(layerSpec(kind).params), ...own };
    nodes.push({ id: `layer_${String(at)}`, kind, params, position: { x: at, y: 0 } });
    edges.push({ source, target: `layer_${String(at)}` });
  }
  document = { ...document, nodes, edges };
  // One edge through the ordinary way, so that the chain is known to be one that the designer could draw.
  const [first, second] = nodes;
  return second === undefined || first === undefined
    ? document
    : connect(document, { source: first.id, target: second.id });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Milliseconds that analysing a chain takes, the median of several rounds. */
const results = [10, 100, 1000, 10_000].map((layers) => {
  const document = chain(layers);
  const rounds = Array.from({ length: 25 }, () => {
    const startedAt = performance.now();
    const { totals } = analyze(document);
    const took = performance.now() - startedAt;
    if (!totals.complete) throw new Error('The chain has an error.');
    return took;
  });
  return { layers, milliseconds: median(rounds) };
});
console.log(JSON.stringify(results));

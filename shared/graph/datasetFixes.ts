import { datasets } from '../datasets/index.ts';
import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { initialParams } from '../layers/paramValues.ts';
import { isPicture, sameShape, type Shape } from '../layers/shape.ts';
import { fix, type Fix } from '../problem.ts';
import type { Analysis } from './analysis.ts';
import type { NewLayer } from './edits.ts';
import { chainBack, knownInputs, outputWith } from './layerFixes.ts';

/** Parameters that say how many numbers or channels come out. */
const sizes = ['units', 'filters'] as const;

/** What lets the output give one number for each class: the last layer that has weights gives as many, or new layers do. */
export function classFixes(outputId: string, classes: number, analysis: Analysis): readonly Fix[] {
  const shape = analysis.layers.get(outputId)?.outputShape;
  if (shape == null) return [];
  const flattened = flatFixes(outputId, classes, analysis);
  if (flattened.length > 0) return flattened;
  const set = sizeFix(outputId, classes, analysis);
  return [
    ...(set === undefined ? [] : [set]),
    ...endings(shape, classes).map((layers) => appended(outputId, layers)),
  ];
}

/** Where a Dense gives the classes for each pixel, what makes it give them for the picture. */
function flatFixes(outputId: string, classes: number, analysis: Analysis): readonly Fix[] {
  const chain = chainBack(outputId, analysis.topology, analysis.layers);
  const codes = ['dense-on-picture', 'dense-on-sequence'];
  // The first of several: behind a Flatten there, the others work on rows as well.
  const at = chain.findLastIndex(({ problems }) => problems.some(({ code }) => codes.includes(code)));
  const layer = chain[at];
  return (layer?.problems ?? []).flatMap(({ fixes }) =>
    fixes.flatMap(({ edit }) => {
      if (layer === undefined || edit.type !== 'insertBefore') return [];
      const { kind } = edit;
      const flat = layerSpec(kind).outputShape(initialParams(layerSpec(kind).params), knownInputs(layer));
      const inputShapes = flat.ok ? [flat.shape] : [];
      const shape = outputWith({ ...layer, inputShapes }, {}, chain.slice(0, at));
      if (!sameShape(shape ?? [], [classes])) return [];
      return [fix('insert-before-layer', edit, { kind, layer: layer.id })];
    }),
  );
}

function sizeFix(outputId: string, classes: number, analysis: Analysis): Fix | undefined {
  const chain = chainBack(outputId, analysis.topology, analysis.layers);
  const at = chain.findIndex(({ kind }) => sizes.some((param) => param in layerSpec(kind).params));
  const layer = chain[at];
  const param = layer === undefined ? undefined : sizes.find((name) => name in layerSpec(layer.kind).params);
  if (layer === undefined || param === undefined) return undefined;
  const params = { [param]: classes };
  if (!sameShape(outputWith(layer, params, chain.slice(0, at)) ?? [], [classes])) return undefined;
  const edit = { type: 'setParams', nodeId: layer.id, params } as const;
  return layer.id === outputId
    ? fix('set-param', edit, { param, value: classes })
    : fix('set-layer-param', edit, { param, layer: layer.id, value: classes });
}

/** Layers that make `classes` probabilities of a shape. */
function endings(shape: Shape, classes: number): readonly (readonly NewLayer[])[] {
  const dense: NewLayer = { kind: 'Dense', params: { units: classes, activation: 'softmax' } };
  if (shape.length === 1) return [[dense]];
  const flat: readonly NewLayer[] = [{ kind: 'Flatten', params: {} }, dense];
  if (!isPicture(shape)) return [flat];
  const mean: NewLayer = { kind: 'GlobalAveragePooling2D', params: {} };
  const softmax: NewLayer = { kind: 'Activation', params: { activation: 'softmax' } };
  return [[mean, shape[2] === classes ? softmax : dense], flat];
}

function appended(nodeId: string, layers: readonly NewLayer[]): Fix {
  const names = layers.map(({ kind, params }) =>
    kind === 'Dense'
      ? `Dense ${String(params['units'])}`
      : kind === 'Activation'
        ? String(params['activation'])
        : kind,
  );
  const edit = { type: 'appendChain', nodeId, layers } as const;
  return fix(layers.length > 1 ? 'append-layers' : 'append-layer', edit, { kind: names.join(', ') });
}

/** A layer with weights at the end of a network that has none. */
export function learningFixes(document: Document, outputId: string, analysis: Analysis): readonly Fix[] {
  const shape = analysis.layers.get(outputId)?.outputShape;
  if (shape == null) return [];
  const dataset = document.dataset === null ? undefined : datasets.get(document.dataset.kind);
  return endings(shape, dataset?.classes.length ?? 10)
    .filter((layers) => layers.some(({ kind }) => kind === 'Dense'))
    .map((layers) => appended(outputId, layers));
}

/** Of several Inputs, those that feed nothing can go. */
export function unreadFixes(inputs: readonly DocumentNode[], analysis: Analysis): readonly Fix[] {
  const unread = inputs.filter(({ id }) => analysis.topology.outgoing.get(id)?.length === 0);
  if (unread.length === inputs.length) return [];
  return unread.map(({ id }) => fix('remove-layer', { type: 'removeNode', nodeId: id }, { layer: id }));
}

/** One of several Inputs of one shape can feed what the others feed. */
export function oneInputFixes(inputs: readonly DocumentNode[], analysis: Analysis): readonly Fix[] {
  const [first] = inputs;
  const shape = (id: string) => analysis.layers.get(id)?.outputShape ?? [];
  if (first === undefined || inputs.some(({ id }) => !sameShape(shape(id), shape(first.id)))) return [];
  const edits = inputs
    .slice(1)
    .map(({ id }) => ({ type: 'replaceSource', nodeId: id, by: first.id }) as const);
  return [fix('replace-input', { type: 'all', edits }, { layer: first.id })];
}

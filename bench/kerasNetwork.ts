import type { Document } from '../shared/document.ts';
import type { Analysis } from '../shared/graph/analyze.ts';
import type { Shape } from '../shared/layers/shape.ts';

/** A network as `keras_train.py` builds it: layers with all their parameters, each after those that it reads. */
export function kerasNetwork({ training }: Document, analysis: Analysis, classes: number) {
  const layers = analysis.topology.order.flatMap((id) => {
    const layer = analysis.layers.get(id);
    return layer === undefined
      ? []
      : [{ id, kind: layer.kind, params: layer.values, inputs: layer.inputIds }];
  });
  const { optimizer, loss } = training;
  return { layers, output: analysis.outputId, optimizer, loss, shape: inputShape(analysis), classes };
}

/** Shape of the pictures that a network takes. */
export function inputShape({ layers }: Analysis): Shape {
  for (const { kind, outputShape } of layers.values())
    if (kind === 'Input' && outputShape !== null) return outputShape;
  throw new Error('The network has no input.');
}

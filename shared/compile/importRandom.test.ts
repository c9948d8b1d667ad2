import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { compileDocument, compileNetwork, type CompiledLayer } from './compile.ts';
import { importModel, type ImportedModel } from './importModel.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** A model.json's content, through text as a file is. */
const fileOf = (model: tf.LayersModel): { modelTopology: unknown } => ({
  modelTopology: JSON.parse(JSON.stringify(model.toJSON(null, false))) as unknown,
});

function read(data: unknown): ImportedModel {
  const result = importModel(data);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const text = serializeDocument(result.value.document);
  expect(parseDocument(text)).toEqual({ ok: true, value: result.value.document });
  return result.value;
}

/** Layers that a file holds as several, which are read as one again. */
const refolded: readonly string[] = ['BatchNormalization', 'LayerNormalization', 'Softmax'];

/** Whether a layer is written as several of which another is the last: they are drawn one by one. */
function isReadAsParts({ id, parts }: CompiledLayer): boolean {
  const own = parts.find(({ name }) => name === id);
  return own !== undefined && parts.at(-1) !== own && !refolded.includes(own.getClassName());
}

describe('a model that was written from a drawing', () => {
  it(
    'has at random the same shapes and counts at every layer, and computes the same',
    () => {
      fc.assert(
        fc.property(soundNetworks(8), (document) => {
          const analysis = analyze(document);
          const { model, layers } = compileNetwork(tf, document, analysis);
          const { document: again } = read(fileOf(model));
          const other = analyze(again);
          expect(other.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
          const composed = new Set(layers.filter(isReadAsParts).map(({ id }) => id));
          const alone = new Set(layers.filter(({ parts }) => parts.length <= 1).map(({ id }) => id));
          const { params, macs: allMacs } = analysis.totals;
          expect(other.totals).toMatchObject(composed.size > 0 ? { params } : { params, macs: allMacs });
          const outputId = analysis.outputId ?? '';
          if (!composed.has(outputId)) expect(other.outputId).toBe(outputId);
          expect(other.layers.get(other.outputId ?? '')?.outputShape).toEqual(
            analysis.layers.get(outputId)?.outputShape,
          );
          for (const { id, inputShapes, outputShape, weights, macs } of analysis.layers.values())
            expect(other.layers.get(id)).toMatchObject(
              composed.has(id)
                ? { weights }
                : { outputShape, weights, macs, ...(alone.has(id) ? { inputShapes } : {}) },
            );
          const copy = compileDocument(tf, again, other);
          copy.setWeights(model.getWeights());
          tf.tidy(() => {
            const inputs = model.inputs.map(({ shape }) =>
              tf.randomUniform([1, ...shape.slice(1).map(Number)], -1, 1, 'float32', 3),
            );
            // Inputs of one model may stand in another order in the other.
            const turned = copy.inputNames.map((name) => inputs[model.inputNames.indexOf(name)]!);
            expect((copy.predict(turned) as tf.Tensor).arraySync()).toEqual(
              (model.predict(inputs) as tf.Tensor).arraySync(),
            );
          });
          copy.dispose();
          model.dispose();
        }),
        { numRuns: 40 },
      );
    },
    slow,
  );
});

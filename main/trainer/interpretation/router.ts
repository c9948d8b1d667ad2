import { implement } from '@orpc/server';

import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import { trainerContract } from '../../../shared/rpc/contract.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { activationsOf, weightsOf } from './activations.ts';
import { bytesOf, classesOf, explain, exciting, testPicturesOf, turnsOf, withInput } from './answers.ts';
import type { Interpreter } from './interpreter.ts';
import { evaluateAll } from './testSet.ts';

const os = implement(trainerContract).interpretation;

/** The trainer's answers about networks with their weights. */
export function createInterpretationRouter(
  interpreter: Interpreter,
  theEngine: () => Promise<Engine>,
  theDataset: () => Promise<Result<PictureDataset>>,
) {
  return {
    activations: os.activations.handler(async ({ input, errors }) => {
      const engine = await theEngine();
      const found = await interpreter.use(input.source, ({ network }) =>
        withInput(engine, network, input.picture, (x) => {
          const missing = input.layers?.find((id) => !network.analysis.layers.has(id));
          if (missing !== undefined) return failed(problem('no-such-layer', { layer: missing }));
          return fine(activationsOf(engine.tf, network, x, input.layers));
        }),
      );
      if (!found.ok) throw errors.REFUSED({ data: { problems: [...found.problems] } });
      const { layers, output, numbers } = found.value;
      return { layers: [...layers], output: [...output], numbers: bytesOf(numbers) };
    }),
    weights: os.weights.handler(async ({ input, errors }) => {
      const found = await interpreter.use(input.source, ({ network }) =>
        network.analysis.layers.has(input.layerId)
          ? fine(weightsOf(network, input.layerId))
          : failed(problem('no-such-layer', { layer: input.layerId })),
      );
      if (!found.ok) throw errors.REFUSED({ data: { problems: [...found.problems] } });
      return { weights: [...found.value.weights], numbers: bytesOf(found.value.numbers) };
    }),
    explain: os.explain.handler(async ({ input, errors, signal }) => {
      const engine = await theEngine();
      const found = await interpreter.use(input.source, ({ network }) =>
        withInput(engine, network, input.picture, (x) => explain(engine, network, x, input, turnsOf(signal))),
      );
      if (!found.ok) throw errors.REFUSED({ data: { problems: [...found.problems] } });
      const { shape, values, ...told } = found.value;
      return { ...told, map: { shape: [...shape], at: 0 }, numbers: bytesOf(values) };
    }),
    exciting: os.exciting.handler(async ({ input, errors, signal }) => {
      const engine = await theEngine();
      const dataset = await theDataset();
      if (!dataset.ok) throw errors.REFUSED({ data: { problems: [...dataset.problems] } });
      const found = await interpreter.use(input.source, async (opened) => {
        const pictures = testPicturesOf(opened.network, dataset.value);
        return pictures.ok ? exciting(engine, opened, pictures.value, input, turnsOf(signal)) : pictures;
      });
      if (!found.ok) throw errors.REFUSED({ data: { problems: [...found.problems] } });
      return { pictures: [...found.value.pictures], numbers: bytesOf(found.value.numbers) };
    }),
    evaluate: os.evaluate.handler(async ({ input, errors, signal }) => {
      const engine = await theEngine();
      const dataset = await theDataset();
      if (!dataset.ok) throw errors.REFUSED({ data: { problems: [...dataset.problems] } });
      const startedAt = performance.now();
      const found = await interpreter.use(input.source, async ({ network }) => {
        const pictures = testPicturesOf(network, dataset.value);
        if (!pictures.ok) return pictures;
        const { classes } = dataset.value;
        const outputs = network.analysis.layers.get(network.outputId)?.outputShape ?? [];
        if (outputs.length !== 1 || outputs[0] !== classes) {
          return failed(problem('no-such-class', { received: classes - 1, last: (outputs[0] ?? 1) - 1 }));
        }
        return fine(await evaluateAll(engine, network, pictures.value, turnsOf(signal)));
      });
      if (!found.ok) throw errors.REFUSED({ data: { problems: [...found.problems] } });
      const { numbers, labels, ...told } = found.value;
      return {
        ...told,
        classes: [...classesOf(dataset.value)],
        labels: [...labels],
        seconds: (performance.now() - startedAt) / 1000,
        numbers: bytesOf(numbers),
      };
    }),
  };
}

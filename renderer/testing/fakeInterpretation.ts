import { readDocument } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { problem } from '../../shared/problem.ts';
import { joinNumbers } from '../../shared/rpc/bytes.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { fakeBase } from './fakeBase.ts';

type Base = ReturnType<typeof fakeBase>['interpretation'];

/** Numbers that a test can tell: each layer gives 0, 0.1, 0.2 … of its shape; class 3 is the most probable. */
export function fakeInterpretation(base: Base) {
  return {
    activations: base.activations.handler(({ input }) => {
      const shapes = shapesOf(input.source).filter(({ id }) => input.layers?.includes(id) ?? true);
      const { places, numbers } = joinNumbers(shapes.map(({ shape }) => ({ shape, values: ramp(shape) })));
      const layers = places.map((place, at) => ({ ...place, id: shapes[at]?.id ?? '' }));
      return { layers, output: probabilities, numbers: new Blob([numbers]) };
    }),
    weights: base.weights.handler(() => {
      const { places, numbers } = joinNumbers([{ shape: [3, 3, 1, 2], values: ramp([3, 3, 1, 2]) }]);
      return { weights: places.map((place) => ({ ...place, name: 'kernel' })), numbers: new Blob([numbers]) };
    }),
    explain: base.explain.handler(({ input: { layerId, classIndex, channel } }) => ({
      map: { shape: [4, 4], at: 0 },
      layerId,
      classIndex: classIndex ?? 3,
      channel,
      score: 0.9,
      numbers: new Blob([ramp([4, 4])]),
    })),
    exciting: base.exciting.handler(({ input: { count } }) => ({
      pictures: Array.from({ length: count }, (_, index) => ({
        index,
        label: index % 10,
        value: 1 - index / 10,
        box: { top: 0, left: 0, height: 2, width: 2 },
        picture: { shape: [4, 4, 1], at: 0 },
        projection: { shape: [4, 4, 1], at: 0 },
      })),
      numbers: new Blob([ramp([4, 4, 1])]),
    })),
    engines: base.engines.handler(async function* () {
      const engine = { version: '2.18.0', device: 'CPU', mode: 'graph', threads: 2 };
      const result = {
        engine: { ...engine, name: 'native' },
        examples: 2,
        accuracy: 0.5,
        loss: 0.1,
      } as const;
      yield { way: 'native', result: { ...result, seconds: 0.5, difference: null }, problems: [] };
      await Promise.resolve();
      yield {
        way: 'wasm',
        result: null,
        problems: [problem('engine-unavailable', { engine: 'wasm', reason: 'it is not there' })],
      };
    }),
    evaluate: base.evaluate.handler(() => ({
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      loss: 0.1,
      probabilities: { shape: [2, 10], at: 0 },
      labels: [3, 4],
      seconds: 0.5,
      numbers: new Blob([Float32Array.of(...probabilities, ...probabilities)]),
    })),
  };
}

const probabilities = [0.01, 0.01, 0.01, 0.9, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01];

function ramp(shape: readonly number[]): Float32Array<ArrayBuffer> {
  const length = shape.reduce((product, side) => product * side, 1);
  return Float32Array.from({ length }, (_, at) => at / 10);
}

function shapesOf(
  source: ModelSource,
): readonly { readonly id: string; readonly shape: readonly number[] }[] {
  const read = 'document' in source ? readDocument(source.document) : undefined;
  if (read?.ok !== true) return [];
  return [...analyze(read.value).layers].flatMap(([id, { outputShape }]) =>
    outputShape === null ? [] : [{ id, shape: outputShape }],
  );
}

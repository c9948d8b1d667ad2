import * as fc from 'fast-check';

import {
  documentLimits,
  emptyDocument,
  freeHandle,
  markColors,
  type Document,
  type DocumentBlock,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import type { ParamValues } from '../graph/edits.ts';
import { layers, layerSpec } from '../layers/index.ts';
import { maxAxes, type Param, type Params } from '../layers/params.ts';
import { completeParams, isRequired } from '../layers/paramValues.ts';
import { checkPlainData } from '../plainData.ts';
import { losses, trainingParams, type TrainingConfig } from '../training/config.ts';
import { optimizers, optimizerSpec } from '../training/optimizers.ts';

/** `small` keeps numbers to those that a test can compute with; `full` goes to the limits. */
export type Range = 'small' | 'full';

const smallest = 6;

function whole(min: number, max: number, range: Range): fc.Arbitrary<number> {
  const near = fc.integer({ min, max: Math.min(max, min + smallest) });
  if (range === 'small') return near;
  return fc.oneof({ weight: 4, arbitrary: near }, fc.integer({ min, max }), fc.constant(max));
}

function finite(min: number, max: number): fc.Arbitrary<number> {
  // JSON knows no −0.
  return fc.double({ min, max, noNaN: true }).map((value) => value + 0);
}

function real(param: Param<unknown>, min: number, max: number): fc.Arbitrary<number> {
  return (
    fc
      .oneof(fc.constant(min), fc.double({ min, max, noNaN: true }))
      // JSON knows no −0.
      .map((value) => value + 0)
      .filter((value) => param.schema.safeParse(value).success)
  );
}

/** Values that a parameter accepts, in the form that the program uses. */
export function paramValues(param: Param<unknown>, range: Range): fc.Arbitrary<unknown> {
  const { control } = param;
  switch (control.type) {
    case 'int':
      return whole(control.min, control.max, range);
    case 'real':
      return real(param, control.min, control.max);
    case 'size': {
      const { axes } = control;
      const side = whole(control.min, control.max, range);
      return fc.oneof(
        side.map((all) => Array.from({ length: axes }, () => all)),
        fc.array(side, { minLength: axes, maxLength: axes }),
      );
    }
    case 'choice':
      return fc.constantFrom(...control.options);
    case 'toggle':
      return fc.boolean();
    case 'padding':
      return fc.oneof(fc.constantFrom('valid', 'same'), whole(0, control.max, range));
    case 'padding2': {
      const side = whole(0, control.max, range);
      return fc.tuple(fc.tuple(side, side), fc.tuple(side, side));
    }
    case 'shape':
      return fc.array(whole(1, control.max, range), { minLength: 1, maxLength: maxAxes });
    case 'list':
      return fc.array(
        control.real === true ? finite(control.min, control.max) : whole(control.min, control.max, range),
        {
          minLength: control.minLength,
          maxLength: control.maxLength,
        },
      );
    case 'kind':
      return fc.constantFrom(...control.kinds()).chain(([kind, params]) =>
        // Every value is written out in the form that the program uses.
        givenParams(params, range).map((given) => ({ kind, ...completeParams(params, given) })),
      );
    case 'optional':
      return fc.oneof(fc.constant(null), paramValues(control.param, range));
  }
}

/** Parameters as a file may hold them: required ones always, the others now and then. */
export function givenParams(params: Params, range: Range): fc.Arbitrary<ParamValues> {
  const entries = Object.entries(params);
  return fc.record(Object.fromEntries(entries.map(([name, param]) => [name, paramValues(param, range)])), {
    requiredKeys: entries.filter(([, param]) => isRequired(param)).map(([name]) => name),
    noNullPrototype: true,
  });
}

/** JSON that an `extra` may hold. */
export const extras: fc.Arbitrary<unknown> = fc
  .jsonValue({ maxDepth: 2, depthSize: 'small' })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
  .filter((value) => checkPlainData(value) === undefined);

export const trainings: fc.Arbitrary<TrainingConfig> = fc.constantFrom(...optimizers.keys()).chain((kind) =>
  fc.record({
    optimizer: givenParams(optimizerSpec(kind).params, 'full').map((given) => ({
      kind,
      ...completeParams(optimizerSpec(kind).params, given),
    })),
    loss: fc.constantFrom(...losses),
    batchSize: whole(1, maxOf(trainingParams.batchSize), 'full'),
    epochs: whole(1, maxOf(trainingParams.epochs), 'full'),
    seed: whole(0, maxOf(trainingParams.seed), 'full'),
  }),
);

function maxOf({ control }: Param<unknown>): number {
  return 'max' in control ? control.max : 0;
}

const letters = fc.constantFrom('a', 'b', 'c', 'X', 'Y', '_', '-', '0', '1', '2');
const ids = fc
  .tuple(fc.constantFrom('a', 'conv2d_', 'Z', 'dense_1'), fc.string({ unit: letters, maxLength: 12 }))
  .map(([start, rest]) => start + rest);
const names = fc
  .array(fc.constantFrom('Block', ' ', '1', '卷積', 'é', '<b>', '🙂', '"', '\\'), { maxLength: 8 })
  .map((words) => words.join(''));
const coordinates = fc
  .oneof(
    fc.integer({ min: -5000, max: 5000 }),
    fc.double({ min: -documentLimits.coordinate, max: documentLimits.coordinate, noNaN: true }),
  )
  // JSON knows no −0.
  .map((value) => value + 0);

function nodes(id: string, range: Range) {
  return fc.constantFrom(...layers.keys()).chain((kind) =>
    fc.record(
      {
        id: fc.constant(id),
        kind: fc.constant(kind),
        name: names,
        params: givenParams(layerSpec(kind).params, range),
        position: fc.record({ x: coordinates, y: coordinates }, { noNullPrototype: true }),
        comment: names,
        color: fc.constantFrom(...markColors),
        locked: fc.constant(true as const),
        trainable: fc.constant(false as const),
        output: fc.constant(true as const),
        block: fc.constantFrom('block_1', 'block_2'),
        extra: extras,
      },
      { requiredKeys: ['id', 'kind', 'params', 'position'], noNullPrototype: true },
    ),
  );
}

/** The blocks that layers stand in, the second within the first. */
function blocksOf(drawn: readonly DocumentNode[]): DocumentBlock[] {
  const named = new Set(drawn.flatMap(({ block }) => block ?? []));
  const position = { x: 0, y: 0 };
  return [
    ...(named.size > 0 ? [{ id: 'block_1', name: 'One', position }] : []),
    ...(named.has('block_2')
      ? [{ id: 'block_2', name: 'Two', parent: 'block_1', collapsed: true as const, position }]
      : []),
  ];
}

/** Which ends an edge may join: `forward` draws no cycle and no second edge into a single input. */
export type Wiring = 'forward' | 'any';

function wire(
  kinds: readonly { readonly id: string; readonly kind: string }[],
  pairs: readonly (readonly [number, number])[],
  wiring: Wiring,
): DocumentEdge[] {
  const taken = new Map<string, Set<string>>();
  const drawn = new Set<string>();
  return pairs.flatMap(([from, to]): DocumentEdge[] => {
    const [source, target] = [kinds[from % kinds.length], kinds[to % kinds.length]];
    if (source === undefined || target === undefined) return [];
    const { max } = layerSpec(target.kind).inputs;
    const handles = taken.get(target.id) ?? new Set<string>();
    if (wiring === 'forward' && (kinds.indexOf(source) >= kinds.indexOf(target) || handles.size >= max))
      return [];
    taken.set(target.id, handles);
    const handle = freeHandle(handles);
    const edge = { source: source.id, target: target.id };
    if (max > 1) return [{ ...edge, targetHandle: handle }];
    const key = `${edge.source} ${edge.target}`;
    if (drawn.has(key)) return [];
    drawn.add(key);
    return [edge];
  });
}

/**
 * Documents as parsing gives them: everything that a file may hold, in the normal form. Few are sound networks;
 * with `any` wiring there are cycles and crowded inputs too.
 */
export function documents(
  options: { readonly wiring?: Wiring; readonly range?: Range; readonly maxLayers?: number } = {},
): fc.Arbitrary<Document> {
  const { wiring = 'forward', range = 'full', maxLayers = 8 } = options;
  return fc
    .uniqueArray(ids, { maxLength: maxLayers })
    .chain((unique) => fc.tuple(...unique.map((id) => nodes(id, range))))
    .chain((drawn) =>
      fc.record(
        {
          format: fc.constant(emptyDocument().format),
          version: fc.constant(emptyDocument().version),
          name: names,
          nodes: fc.constant(drawn),
          edges: fc
            .array(fc.tuple(fc.nat({ max: maxLayers * 4 }), fc.nat({ max: maxLayers * 4 })), {
              maxLength: maxLayers * 2,
            })
            .map((pairs) => wire(drawn, pairs, wiring)),
          blocks: fc.constant(blocksOf(drawn)),
          dataset: fc.constantFrom(null, { kind: 'mnist' }),
          training: trainings,
          extra: extras,
        },
        {
          requiredKeys: ['format', 'version', 'name', 'nodes', 'edges', 'blocks', 'dataset', 'training'],
          noNullPrototype: true,
        },
      ),
    );
}

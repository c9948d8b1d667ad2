import * as fc from 'fast-check';

import type { Document } from '../document.ts';
import type { ParamValues } from '../graph/edits.ts';
import { layers, layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { sizeOf, type Shape } from '../layers/shape.ts';
import { givenParams } from './documents.ts';
import { network, type Drawn } from './networks.ts';

/** More numbers than this, in a layer's output or weights, take a test too long. */
const affordable = 20_000;

interface Step {
  readonly kind: string;
  readonly params: ParamValues;
  /** Which of the layers so far feed it, counted round. */
  readonly sources: readonly number[];
}

const kinds = [...layers.keys(), 'Conv2D'].filter((kind) => kind !== 'Input');
/** Weights that begin as a million, or are kept within bounds whenever they are written, compare with nothing. */
const usualWeights = (params: ParamValues): ParamValues =>
  Object.fromEntries(
    Object.entries(params).filter(([name]) => !/(Initializer|Regularizer|Constraint)$/.test(name)),
  );
const steps: fc.Arbitrary<Step> = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    params: givenParams(layerSpec(kind).params, 'small').map(usualWeights),
    sources: fc.array(fc.nat({ max: 50 }), { minLength: 3, maxLength: 3 }),
  }),
);
const side = fc.integer({ min: 5, max: 12 });
const pictures = fc.tuple(side, side, fc.integer({ min: 1, max: 3 }));

/** Vectors, sequences, pictures and volumes. */
export const anyShapes: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 2, arbitrary: pictures },
  fc.tuple(side),
  fc.tuple(side, side),
  fc.tuple(side, side, fc.integer({ min: 3, max: 6 }), fc.integer({ min: 1, max: 3 })),
);

/** Draws the layers that fit, one after another, and joins all ends to one output. */
function draw(inputs: readonly Shape[], plan: readonly Step[]): Document {
  const drawn: Drawn[] = [];
  const edges: string[] = [];
  const shapes = new Map<string, Shape>();
  const ends = new Set<string>();

  const place = (
    kind: string,
    params: ParamValues,
    sources: readonly string[],
    most = affordable,
  ): boolean => {
    const spec = layerSpec(kind);
    if (sources.length > spec.inputs.max) return false;
    const values = completeParams(spec.params, params);
    // What has a mask must meet a layer that takes it, and words are whole numbers.
    if (spec.makesMask !== undefined) return false;
    const given = sources.map((source) => shapes.get(source) ?? []);
    const result = spec.outputShape(values, given);
    if (!result.ok || sizeOf(result.shape) > most) return false;
    if (spec.weights(values, given).some(({ shape }) => sizeOf(shape) > affordable)) return false;
    const id = `${kind.toLowerCase()}_${String(drawn.length + 1)}`;
    drawn.push([id, kind, params]);
    edges.push(
      ...sources.map((source, port) => `${source} > ${id}${spec.inputs.max > 1 ? `:${String(port)}` : ''}`),
    );
    shapes.set(id, result.shape);
    for (const source of sources) ends.delete(source);
    ends.add(id);
    return true;
  };

  for (const shape of inputs) place('Input', { shape }, []);
  for (const { kind, params, sources } of plan) {
    const all = [...shapes.keys()];
    const chosen = sources.map((source) => all[source % all.length] ?? '');
    const several = layerSpec(kind).inputs.max > 1;
    // Merges want inputs that fit each other: whichever do of three, else one with itself.
    const tries = several
      ? [chosen, chosen.slice(0, 2), chosen.slice(1), [chosen[0] ?? '', chosen[0] ?? '']]
      : [chosen.slice(0, 1)];
    const placed = tries.some((some) => place(kind, params, some));
    // A window that does not fit anywhere is no loss but for convolutions, of which there would be too few.
    const tame = { ...params, padding: 'same', strides: [1, 1] };
    if (!placed && kind === 'Conv2D') place(kind, tame, chosen.slice(0, 1));
  }
  for (const end of ends.size > 1 ? [...ends] : []) {
    if ((shapes.get(end)?.length ?? 0) > 1) place('Flatten', {}, [end]);
  }
  if (ends.size > 1) place('Concatenate', {}, [...ends], Infinity);
  return network(drawn, edges);
}

/** Networks without errors: one or two inputs, branches and merges of all kinds of layers, one output. */
export function soundNetworks(
  maxLayers = 10,
  shapes: fc.Arbitrary<Shape> = pictures,
): fc.Arbitrary<Document> {
  return fc
    .tuple(
      fc.array(shapes, { minLength: 1, maxLength: 2 }),
      fc.array(steps, { minLength: 1, maxLength: maxLayers }),
    )
    .map(([inputs, plan]) => draw(inputs, plan));
}

import { call, inline, tuple } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { list, maxAxes } from './params.ts';
import { shapeText, sizeOf, type Shape } from './shape.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type Objection } from './spec.ts';
import { numberText } from './window.ts';

const open = -1;
const largest = limits.side ** 2;

/** The sides with the open one calculated, which is 0 or a fraction where the sizes do not agree. */
function sidesOf(target: Shape, input: Shape): Shape {
  const known = sizeOf(target.filter((side) => side !== open));
  return target.map((side) => (side === open ? sizeOf(input) / known : side));
}

/**
 * The target with one side made to fit: the open one, else the last that can be; beside an open one that leaves a
 * rest, the nearest that divides. Undefined where no single side mends it.
 */
function mended(target: Shape, input: Shape): Shape | undefined {
  const first = target.indexOf(open);
  const free = first < 0 ? [...target.keys()].reverse() : [first];
  for (const place of free) {
    const sides = sidesOf(
      target.map((side, at) => (at === place ? open : side === open ? 1 : side)),
      input,
    );
    if (sides.every((side) => Number.isInteger(side) && side > 0 && side <= largest)) return sides;
  }
  return first < 0 || target.includes(open, first + 1) ? undefined : divided(target, input);
}

/** The target with its last side that can be made to divide the input set to the nearest that does. */
function divided(target: Shape, input: Shape): Shape | undefined {
  for (const [place, side] of [...target.entries()].reverse()) {
    const room = sizeOf(input) / sizeOf(target.filter((other, at) => at !== place && other !== open));
    if (side === open || side < 1 || !Number.isInteger(room)) continue;
    const nearest = nearestDivisor(room, side);
    if (nearest !== undefined) return target.with(place, nearest);
  }
  return undefined;
}

/** So many divisors are tried at most: all of them, up to numbers of ten digits. */
const mostTried = 100_000;

/**
 * The divisor of a number that is nearest to `wanted` without being it, of two the smaller: found by pairs d · (number / d),
 * so that it takes as long for a huge number as for a small one.
 */
function nearestDivisor(number: number, wanted: number): number | undefined {
  let nearest: number | undefined;
  for (let small = 1; small <= mostTried && small * small <= number; small += 1) {
    if (number % small !== 0) continue;
    for (const divisor of [small, number / small]) {
      if (divisor === wanted || divisor > largest) continue;
      const [away, best] = [Math.abs(divisor - wanted), Math.abs((nearest ?? Infinity) - wanted)];
      if (away < best || (away === best && divisor < wanted)) nearest = divisor;
    }
  }
  return nearest;
}

function objectionTo(target: Shape, input: Shape): Objection | undefined {
  const opens = target.filter((side) => side === open).length;
  const [size, known] = [sizeOf(input), sizeOf(target.filter((side) => side !== open))];
  if (!target.includes(0) && (opens === 0 ? known === size : opens === 1 && size % known === 0)) {
    return undefined;
  }
  const values = { target: textOf(target) };
  const fitting = mended(target, input);
  const about = {
    param: 'targetShape',
    received: `[${target.join(', ')}]`,
    fixes: [
      ...(fitting === undefined ? [] : [setParam('targetShape', fitting, textOf(fitting))]),
      setParam('targetShape', [open], textOf([open])),
    ],
  };
  if (target.includes(0)) return { code: 'empty-side', values, ...about };
  if (opens > 1) return { code: 'several-open-sides', values: { ...values, count: opens }, ...about };
  const targetSize = opens === 0 ? String(known) : `${String(known)}·n`;
  return {
    code: 'other-size',
    values: { ...values, input: shapeText(input), size, targetSize },
    expected: String(size),
    ...about,
  };
}

function textOf(target: Shape): string {
  return target.map(numberText).join(' × ');
}

export const reshape = defineLayer({
  kind: 'Reshape',
  version: 1,
  category: 'shape',
  usual: true,
  icon: 'M3 5h8v6H3zM7 5v6M13 14h8v6h-8zM13 17h8M14 4h4v6M16 8l2 2 2-2',
  title: { en: 'Reshape', 'zh-TW': '改變形狀 Reshape' },
  summary: {
    en: 'Reads the same numbers, in the same order, as another shape.',
    'zh-TW': '把同樣的數字依同樣的順序看成另一種形狀。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    targetShape: list({
      min: open,
      max: largest,
      maxLength: maxAxes,
      initial: [open],
      label: { en: 'Target shape', 'zh-TW': '目標形狀' },
      help: {
        en: 'Without the batch. −1, once, stands for the side that follows from the others. The number of numbers stays the same.',
        'zh-TW': '不含批次。−1 只能有一個，代表由其他邊推算的那一邊。數字的總數不變。',
      },
    }),
  },
  describe: ({ targetShape }) => textOf(targetShape),
  outputShape({ targetShape }, [input = []]) {
    const objection = objectionTo(targetShape, input);
    if (objection !== undefined) return refuse(objection);
    const sides = sidesOf(targetShape, input);
    const product = (shape: Shape) => shape.join('·');
    return shaped(sides, [`${product(input)} = ${product(sides)}`]);
  },
  weights: () => [],
  macs: () => 0,
  // The open side is written out: TensorFlow.js saves it as null, which Keras does not read.
  build: (tf, { targetShape }, { name, inputs: [input = []] }) => [
    tf.layers.reshape({ targetShape: [...sidesOf(targetShape, input)], name }),
  ],
  kerasCalls: (_params, { output }) => [call('layers.Reshape', [tuple(...output.map(String))])],
  pytorch: {
    // The order of the numbers is that of channels at the end.
    layout: () => 'last',
    code: (_params, { output }) => ({
      steps: [(x = '') => call(`${inline(x)}.reshape`, ['-1', ...output.map(String)])],
    }),
  },
  examples: [
    { params: { targetShape: [28, 28] }, inputs: [[28, 28, 1]], shape: [28, 28] },
    { params: { targetShape: [7, 7, -1] }, inputs: [[784]], shape: [7, 7, 16] },
    { params: { targetShape: [-1] }, inputs: [[4, 5, 2]], shape: [40] },
  ],
});

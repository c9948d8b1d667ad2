import { isPicture, type PictureShape, type Shape } from './shape.ts';
import type { LayerFix } from './spec.ts';

type Candidate = readonly [kind: string, params: Readonly<Record<string, unknown>>, label: string];

/**
 * What can be put on one of two inputs so that it matches the other: 0 and `port` are their places. Along axis `free`
 * they may differ. The analysis tries each, and offers those that do mend.
 */
export function matchingFixes(first: Shape, other: Shape, port: number, free?: number): readonly LayerFix[] {
  return [
    ...[...sourceParams(other, first, free)].map((set) => setBehind(port, ...set)),
    ...[...sourceParams(first, other, free)].map((set) => setBehind(0, ...set)),
    ...towards(other, first, free).map((candidate) => insertOn(port, ...candidate)),
    ...towards(first, other, free).map((candidate) => insertOn(0, ...candidate)),
  ];
}

/** Parameters of the layer behind an input that would make its shape the other's. */
function sourceParams(from: Shape, to: Shape, free?: number): readonly (readonly [string, unknown])[] {
  const channels = to.at(-1);
  const last = to.length - 1;
  return [
    ...(from.length > 1
      ? ([
          ['padding', 'same'],
          ['padding', 'valid'],
        ] as const)
      : []),
    ...(last !== free && from.at(-1) !== channels
      ? [[from.length > 1 ? 'filters' : 'units', channels] as const]
      : []),
  ];
}

function setBehind(port: number, param: string, value: unknown): LayerFix {
  return {
    id: 'set-layer-param',
    values: { param, value: String(value) },
    edit: { type: 'setSourceParam', port, param, value },
  };
}

/** The mending “put this layer on the edge that arrives at that input”, inputs counted from 0. */
export function insertOn(
  port: number,
  kind: string,
  params: Readonly<Record<string, unknown>> = {},
  label = kind,
): LayerFix {
  return {
    id: 'insert-on-edge',
    values: { kind: label },
    edit: { type: 'insertOnInput', port, kind, params },
  };
}

function towards(from: Shape, to: Shape, free?: number): readonly Candidate[] {
  if (isPicture(from) && isPicture(to)) return pictureTowards(from, to, free);
  if (from.length === 1 && to.length === 1)
    return [['Dense', { units: to[0], activation: 'linear' }, `Dense ${String(to[0])}`]];
  const [channels] = from;
  // One number for each channel, as an attention gives them, is repeated over the picture.
  if (from.length === 1 && isPicture(to) && to[2] === channels)
    return [['Reshape', { targetShape: [1, 1, channels] }, 'Reshape']];
  if (to.length === 1) {
    return [
      ...(isPicture(from) ? [['GlobalAveragePooling2D', {}, 'GlobalAveragePooling2D'] as const] : []),
      ['Flatten', {}, 'Flatten'],
    ];
  }
  return [];
}

function pictureTowards(from: PictureShape, to: PictureShape, free?: number): readonly Candidate[] {
  const channels = free === 2 ? from[2] : to[2];
  const sizesDiffer = from[0] !== to[0] || from[1] !== to[1];
  const candidates: Candidate[] = [];
  const strides = [stride(from[0], to[0]), stride(from[1], to[1])] as const;
  if (from[0] >= to[0] && from[1] >= to[1]) {
    const strideText = sizesDiffer
      ? `/${strides[0] === strides[1] ? String(strides[0]) : strides.join('×')}`
      : '';
    const convolution: Candidate = [
      'Conv2D',
      { filters: channels, kernelSize: [1, 1], strides: [...strides], padding: 'same', activation: 'linear' },
      `Conv2D ${String(channels)} 1×1${strideText}`,
    ];
    const pooling: Candidate = [
      'MaxPooling2D',
      { poolSize: [...strides], strides: [...strides], padding: 'same' },
      `MaxPooling2D ${strides.join('×')}`,
    ];
    const [rows, columns] = [from[0] - to[0], from[1] - to[1]];
    const window = [rows + 1, columns + 1];
    const valid: Candidate = [
      'Conv2D',
      { filters: channels, kernelSize: window, padding: 'valid', activation: 'linear' },
      `Conv2D ${String(channels)} ${window.join('×')}`,
    ];
    const cropping: Candidate = ['Cropping2D', { cropping: [halves(rows), halves(columns)] }, 'Cropping2D'];
    // Where channels match, what has no weights comes first.
    if (from[2] === channels && sizesDiffer) candidates.push(cropping, pooling);
    if (from[2] !== channels || sizesDiffer) candidates.push(convolution);
    // Where no stride comes out even, a window that loses just as many rows does, as long as it is a usual one.
    if (sizesDiffer && Math.max(rows, columns) <= 6) candidates.push(valid);
  }
  if (from[0] <= to[0] && from[1] <= to[1] && sizesDiffer && from[2] === channels) {
    const [rows, columns] = [to[0] - from[0], to[1] - from[1]];
    candidates.push(
      ['ZeroPadding2D', { padding: [halves(rows), halves(columns)] }, 'ZeroPadding2D'],
      ['UpSampling2D', { size: [to[0] / from[0], to[1] / from[1]] }, 'UpSampling2D'],
    );
  }
  return candidates;
}

/** With which stride `from` numbers become `to`, as near as there is one: ⌈from/stride⌉ = to. */
function stride(from: number, to: number): number {
  const up = Math.ceil(from / to);
  return Math.ceil(from / up) === to ? up : Math.max(1, Math.floor(from / to));
}

/** So many rows, half of them on each side; an odd one goes behind. */
function halves(rows: number): readonly [number, number] {
  return [Math.floor(rows / 2), Math.ceil(rows / 2)];
}

import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

type Triple = readonly [number, number, number];
type Shape5 = [number, number, number, number, number];
type Pad = 'valid' | 'same';
type Info = tfc.backend_util.Conv3DInfo;

/** Below every number that float32 has. */
const lowest = -3.4028234663852886e38;

/**
 * Replaces kernels over volumes that TensorFlow.js computes wrongly: WebAssembly's gradients of convolution and its
 * MaxPooling3D with padding `same`, whose zeros it lets win; the gradients of both poolings, there and in plain
 * JavaScript; and all of them where a stride is larger than its window. Each point of the window is taken from the whole
 * batch at once. TensorFlow's own are right, but for what `correctLargestOfVolumes` corrects.
 */
export function correctVolumes(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  type Inputs = Readonly<Record<string, tfc.Tensor>>;
  type Compute = (inputs: Inputs, attrs: tfc.NamedAttrMap) => tfc.Tensor;
  const replace = (
    kernelName: string,
    compute: Compute,
    isWrong?: (...given: Parameters<Compute>) => boolean,
  ) =>
    replaceKernel(tf, kernelName, backendName, (call, stock) =>
      isWrong?.(call.inputs, call.attrs) === false
        ? stock(call)
        : tf.tidy(() => compute(call.inputs, call.attrs)),
    );
  const pool = (x: tfc.Tensor, attrs: tfc.NamedAttrMap) => poolInfo(tf, x, attrs);
  const convolution = (input: unknown, filter: unknown, { strides, pad }: tfc.NamedAttrMap) =>
    tf.backend_util.computeConv3DInfo(input as Shape5, filter as Shape5, triple(strides), 1, pad as Pad);

  replace('MaxPool3DGrad', ({ dy, input, output }, attrs) =>
    maxPoolGradient(tf, pool(known(input), attrs), known(input), known(dy), known(output)),
  );
  replace('AvgPool3DGrad', ({ dy, input }, attrs) =>
    averagePoolGradient(tf, pool(known(input), attrs), known(dy)),
  );
  replace(
    'MaxPool3D',
    ({ x }, attrs) => largest(tf, pool(known(x), attrs), known(x)),
    ({ x }, attrs) => backendName === 'wasm' || isCutShort(pool(known(x), attrs)),
  );
  replace(
    'AvgPool3D',
    ({ x }, attrs) => {
      const info = pool(known(x), attrs);
      const windows = windowsOf(tf, info);
      const sum = (input: tfc.Tensor) => {
        const padded = windows.padded(input, 0);
        return tf.addN(windows.points.map((point) => windows.take(padded, point)));
      };
      return tf.div(sum(known(x)), sum(tf.ones(info.inShape)));
    },
    ({ x }, attrs) => isCutShort(pool(known(x), attrs)),
  );
  replace(
    'Conv3D',
    ({ x, filter }, attrs) => {
      const info = convolution(known(x).shape, known(filter).shape, attrs);
      const windows = windowsOf(tf, info);
      const padded = windows.padded(known(x), 0);
      const weights = tf.unstack(tf.reshape(known(filter), [-1, info.inChannels, info.outChannels]));
      const products = windows.points.map((point, at) =>
        tf.matMul(tf.reshape(windows.take(padded, point), [-1, info.inChannels]), known(weights[at])),
      );
      return tf.reshape(tf.addN(products), info.outShape);
    },
    ({ x, filter }, attrs) => isCutShort(convolution(known(x).shape, known(filter).shape, attrs)),
  );
  replace('Conv3DBackpropFilterV2', ({ x, dy }, attrs) => {
    const { filterShape } = attrs;
    const info = convolution(known(x).shape, filterShape, attrs);
    const windows = windowsOf(tf, info);
    const padded = windows.padded(known(x), 0);
    const gradient = tf.reshape(known(dy), [-1, info.outChannels]);
    const products = windows.points.map((point) =>
      tf.matMul(tf.reshape(windows.take(padded, point), [-1, info.inChannels]), gradient, true, false),
    );
    return tf.reshape(tf.concat(products), filterShape as Shape5);
  });
  replace('Conv3DBackpropInputV2', ({ dy, filter }, attrs) => {
    const info = convolution(attrs['inputShape'], known(filter).shape, attrs);
    const windows = windowsOf(tf, info);
    const gradient = tf.reshape(known(dy), [-1, info.outChannels]);
    const weights = tf.unstack(tf.reshape(known(filter), [-1, info.inChannels, info.outChannels]));
    const shares = windows.points.map((point, at) =>
      windows.put(
        tf.reshape(tf.matMul(gradient, known(weights[at]), false, true), [
          ...known(dy).shape.slice(0, 4),
          info.inChannels,
        ]),
        point,
      ),
    );
    return windows.unpadded(tf.addN(shares));
  });
}

/**
 * Replaces MaxPooling3D and its gradient of TensorFlow itself where padding `same` has nothing to pad, a stride being
 * larger than its window: there it takes other windows than its formula, Keras's other backends and all else here.
 */
export function correctLargestOfVolumes(tf: TensorFlow, backendName: string): void {
  replaceKernel(tf, 'MaxPool3D', backendName, (call, stock) => {
    const x = known(call.inputs['x']);
    const info = poolInfo(tf, x, call.attrs);
    return isCutShort(info) ? tf.tidy(() => largest(tf, info, x)) : stock(call);
  });
  replaceKernel(tf, 'MaxPool3DGrad', backendName, (call, stock) => {
    const { dy, input, output } = call.inputs;
    const info = poolInfo(tf, known(input), call.attrs);
    return isCutShort(info)
      ? tf.tidy(() => maxPoolGradient(tf, info, known(input), known(dy), known(output)))
      : stock(call);
  });
}

function poolInfo(
  tf: TensorFlow,
  { shape }: tfc.Tensor,
  { filterSize, strides, pad }: tfc.NamedAttrMap,
): Info {
  return tf.backend_util.computePool3DInfo(
    shape as Shape5,
    triple(filterSize),
    triple(strides),
    1,
    pad as Pad,
  );
}

/** The largest number of each window. */
function largest(tf: TensorFlow, info: Info, x: tfc.Tensor): tfc.Tensor {
  const windows = windowsOf(tf, info);
  const padded = windows.padded(x, lowest);
  return windows.points
    .map((point) => windows.take(padded, point))
    .reduce((most, numbers) => tf.maximum(most, numbers));
}

/** Whether TensorFlow.js pads by less than nothing, as it does where a stride is larger than its window. */
function isCutShort({ padInfo: { front, top, left } }: Info): boolean {
  return Math.min(front, top, left) < 0;
}

function known(tensor: tfc.Tensor | undefined): tfc.Tensor {
  if (tensor === undefined) throw new Error('The kernel lacks an input.');
  return tensor;
}

function triple(size: unknown): [number, number, number] {
  const [depth = 1, height = depth, width = height] = Array.isArray(size) ? size.map(Number) : [Number(size)];
  return [depth, height, width];
}

/** The largest number of a window gets its gradient; of equal ones every one, as in TensorFlow, unlike in pictures. */
function maxPoolGradient(
  tf: TensorFlow,
  info: Info,
  x: tfc.Tensor,
  dy: tfc.Tensor,
  y: tfc.Tensor,
): tfc.Tensor {
  const windows = windowsOf(tf, info);
  const padded = windows.padded(x, lowest);
  const shares = windows.points.map((point) => {
    const chosen = tf.cast(tf.equal(windows.take(padded, point), y), 'float32');
    return windows.put(tf.mul(dy, chosen), point);
  });
  return windows.unpadded(tf.addN(shares));
}

/** Each number of a window gets an equal share, padding left out. */
function averagePoolGradient(tf: TensorFlow, info: Info, dy: tfc.Tensor): tfc.Tensor {
  const windows = windowsOf(tf, info);
  const there = windows.padded(tf.ones(info.inShape), 0);
  const share = tf.div(dy, tf.addN(windows.points.map((point) => windows.take(there, point))));
  return windows.unpadded(tf.addN(windows.points.map((point) => windows.put(share, point))));
}

/** The windows of a convolution or pooling over volumes `[batch, depth, height, width, channels]`, point by point. */
function windowsOf(tf: TensorFlow, info: Info) {
  const { padInfo } = info;
  const sides = ([depth, height, width]: Triple): Triple => [
    Math.max(0, depth),
    Math.max(0, height),
    Math.max(0, width),
  ];
  const before = sides([padInfo.front, padInfo.top, padInfo.left]);
  const behind = sides([padInfo.back, padInfo.bottom, padInfo.right]);
  const inside = [info.inDepth, info.inHeight, info.inWidth] as const;
  const outside = [info.outDepth, info.outHeight, info.outWidth] as const;
  const strides = [info.strideDepth, info.strideHeight, info.strideWidth] as const;
  const axes = [0, 1, 2] as const;
  const points: Triple[] = [];
  for (let depth = 0; depth < info.filterDepth; depth += 1)
    for (let height = 0; height < info.filterHeight; height += 1)
      for (let width = 0; width < info.filterWidth; width += 1) points.push([depth, height, width]);
  /** How far an axis goes from the first window's point to the last one's. */
  const reach = (axis: 0 | 1 | 2) => (outside[axis] - 1) * strides[axis] + 1;
  const total = (axis: 0 | 1 | 2) => before[axis] + inside[axis] + behind[axis];

  return {
    points,
    padded: (x: tfc.Tensor, value: number): tfc.Tensor =>
      tf.pad(
        x,
        [[0, 0], ...axes.map((axis): [number, number] => [before[axis], behind[axis]]), [0, 0]],
        value,
      ),
    unpadded: (x: tfc.Tensor): tfc.Tensor => tf.slice(x, [0, ...before, 0], [-1, ...inside, -1]),
    /** What stands at a point of every window. */
    take(padded: tfc.Tensor, point: Triple): tfc.Tensor {
      const ends = axes.map((axis) => point[axis] + reach(axis));
      const [examples = 1, , , , channels = 1] = padded.shape;
      return tf.stridedSlice(padded, [0, ...point, 0], [examples, ...ends, channels], [1, ...strides, 1]);
    },
    /** Puts numbers, one for each window, to a point of them; all else is 0. */
    put(y: tfc.Tensor, point: Triple): tfc.Tensor {
      const apart = axes.reduce((x, axis) => spreadAxis(tf, x, axis + 1, strides[axis]), y);
      const around = axes.map((axis): [number, number] => [
        point[axis],
        total(axis) - point[axis] - reach(axis),
      ]);
      return tf.pad(apart, [[0, 0], ...around, [0, 0]]);
    },
  };
}

/** Puts `stride − 1` zeros between the numbers along an axis. */
function spreadAxis(tf: TensorFlow, x: tfc.Tensor, axis: number, stride: number): tfc.Tensor {
  if (stride === 1) return x;
  const { shape } = x;
  const side = shape[axis] ?? 1;
  const inner = tf.util.sizeFromShape(shape.slice(axis + 1));
  const wide = tf.pad(tf.reshape(x, [-1, inner]), [
    [0, 0],
    [0, inner * (stride - 1)],
  ]);
  const apart = tf.reshape(wide, shape.with(axis, side * stride));
  return tf.slice(
    apart,
    shape.map(() => 0),
    shape.with(axis, (side - 1) * stride + 1),
  );
}

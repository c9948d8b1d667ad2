import type { Shape } from '../layers/shape.ts';
import { call, helperName, lambda, tuple, type Call, type Expression, type Helper } from './python.ts';

// TensorFlow.js blends from the corner of a pixel; Keras and PyTorch from its centre.
const kerasEnlarge: Helper = {
  name: 'enlarge',
  code: `def enlarge(x, *size):
    """Bilinear upsampling from the corners of pixels, as TensorFlow.js does it."""
    for axis, times in enumerate(size, start=1):
        length = x.shape[axis]
        places = keras.ops.arange(length * times, dtype="float32") / times
        low = keras.ops.cast(keras.ops.floor(places), "int32")
        high = keras.ops.minimum(low + 1, length - 1)
        part = keras.ops.reshape(places % 1.0, [-1] + [1] * (len(x.shape) - 1 - axis))
        start, end = keras.ops.take(x, low, axis), keras.ops.take(x, high, axis)
        x = start + (end - start) * part
    return x`,
};
const torchEnlarge: Helper = {
  name: 'enlarge',
  code: `def enlarge(x, *size):
    """Bilinear upsampling from the corners of pixels, as TensorFlow.js does it."""
    for dim, times in enumerate(size, start=2):
        length = x.shape[dim]
        places = torch.arange(length * times, device=x.device) / times
        low = places.long()
        high = (low + 1).clamp(max=length - 1)
        part = (places % 1.0).reshape([-1] + [1] * (x.ndim - 1 - dim))
        start, end = x.index_select(dim, low), x.index_select(dim, high)
        x = start + (end - start) * part
    return x`,
};

/** The Keras layer that enlarges a picture so many times, blending. */
export function kerasEnlarged(size: readonly number[], output: Shape): Call {
  const enlarged = call(helperName(kerasEnlarge), ['x', ...size.map(String)]);
  return call('layers.Lambda', [lambda(enlarged)], { output_shape: tuple(...output.map(String)) });
}

/** The same in PyTorch, of a picture whose channels are first. */
export function torchEnlarged(x: Expression, size: readonly number[]): Expression {
  return call(helperName(torchEnlarge), [x, ...size.map(String)]);
}

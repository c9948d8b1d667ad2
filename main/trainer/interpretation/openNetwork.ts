import type * as tfc from '@tensorflow/tfjs-core';

import { compileNetwork, type CompiledNetwork } from '../../../shared/compile/compile.ts';
import { centring, type Centring } from '../../../shared/datasets/index.ts';
import type { Document } from '../../../shared/document.ts';
import type { Analysis } from '../../../shared/graph/analyze.ts';
import { isPicture, type PictureShape } from '../../../shared/layers/shape.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import type { TensorFlow } from '../tensorflow.ts';

/** A network of one picture, with its weights, that can be asked what it computes. */
export interface OpenNetwork {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly compiled: CompiledNetwork;
  readonly inputId: string;
  /** `[height, width, channels]`. */
  readonly inputShape: PictureShape;
  readonly outputId: string;
}

/** A picture's numbers from 0 to 1, `[height, width, channels]`. */
export interface PictureNumbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Compiles a document that takes one picture and gives one output; others are refused. */
export function openNetwork(tf: TensorFlow, document: Document, analysis: Analysis): Result<OpenNetwork> {
  const place = placeOfPicture(document, analysis);
  if (!place.ok) return place;
  return fine({ document, analysis, ...place.value, compiled: compileNetwork(tf, document, analysis) });
}

/** Where a network takes its picture and where it gives its answer. */
export function placeOfPicture(
  document: Document,
  analysis: Analysis,
): Result<Pick<OpenNetwork, 'inputId' | 'inputShape' | 'outputId'>> {
  const inputs = document.nodes.filter(({ kind }) => kind === 'Input');
  const [input] = inputs;
  const shape = input === undefined ? null : (analysis.layers.get(input.id)?.outputShape ?? null);
  const [outputId] = analysis.outputIds;
  if (
    input === undefined ||
    inputs.length > 1 ||
    shape === null ||
    !isPicture(shape) ||
    outputId === undefined ||
    analysis.outputIds.length > 1
  ) {
    return failed(
      problem('not-of-one-picture', { inputs: inputs.length, outputs: analysis.outputIds.length }),
    );
  }
  return fine({ inputId: input.id, inputShape: shape, outputId });
}

/**
 * A picture as the network takes it, `[1, height, width, channels]`: as it is where it has the input's shape, else in the
 * middle of zeros, as in training.
 */
export function inputOf(
  tf: TensorFlow,
  { inputShape }: Pick<OpenNetwork, 'inputShape'>,
  picture: PictureNumbers,
): Result<tfc.Tensor4D> {
  const place = placeIn(picture.shape, inputShape);
  const [height = 0, width = 0, channels = 0] = picture.shape;
  if (place === undefined || picture.values.length !== height * width * channels) {
    return failed(
      problem('picture-does-not-fit', {
        received: picture.shape.join(' × '),
        expected: inputShape.join(' × '),
      }),
    );
  }
  const { top, bottom, left, right } = place;
  return fine(
    tf.tidy(() =>
      tf.tensor4d(picture.values.slice(), [1, height, width, channels]).pad([
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]),
    ),
  );
}

function placeIn(shape: readonly number[], input: PictureShape): Centring | undefined {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) return undefined;
  return centring([height, width, channels], input);
}

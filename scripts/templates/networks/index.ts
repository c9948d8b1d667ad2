import type { DrawnNetwork } from '../drawing.ts';
import { alexNet, vgg16, vgg19, zfNet } from './classics.ts';
import { denseNet121 } from './densenet.ts';
import { leNet5, mlp, mnistCnn, residualCnn } from './digits.ts';
import { googLeNet } from './googlenet.ts';
import { mobileNetV1, mobileNetV2 } from './mobilenet.ts';
import { autoencoder, uNet } from './pictures.ts';
import { resNet18, resNet20, resNet50 } from './resnet.ts';
import { squeezeNet } from './squeezenet.ts';

/** The networks in the order in which the gallery offers them. */
export const networks: readonly (() => DrawnNetwork)[] = [
  leNet5,
  mnistCnn,
  residualCnn,
  mlp,
  alexNet,
  zfNet,
  vgg16,
  vgg19,
  googLeNet,
  resNet18,
  resNet20,
  resNet50,
  squeezeNet,
  denseNet121,
  mobileNetV1,
  mobileNetV2,
  autoencoder,
  uNet,
];

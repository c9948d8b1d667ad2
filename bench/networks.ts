import { currentVersion, formatName, readDocument, type Document } from '../shared/document.ts';
import type { Analysis } from '../shared/graph/analysis.ts';
import type { ParamValues } from '../shared/graph/edits.ts';
import { findTemplate } from '../shared/templates/index.ts';

/** A network that is measured. */
export interface BenchNetwork {
  readonly id: string;
  readonly title: string;
  readonly document: Document;
  /** What it is trained on: the digits, or pictures in colour that are made for the purpose. */
  readonly pictures: 'mnist' | 'coloured';
  /** Pictures of an epoch, a multiple of every batch size: a second or two with TensorFlow on two cores. */
  readonly epoch: number;
  /** The same with WebAssembly, which is some fifty times slower; the largest batch that it is measured with. */
  readonly wasm: { readonly epoch: number; readonly largestBatch: number };
}

/** The networks of the bench, small ones first. */
export function benchNetworks(): readonly BenchNetwork[] {
  return [
    {
      id: 'mlp',
      title: 'MLP',
      document: mlp(),
      pictures: 'mnist',
      epoch: 24_576,
      wasm: { epoch: 512, largestBatch: 512 },
    },
    {
      id: 'lenet-5',
      title: 'LeNet-5',
      document: templateDocument('lenet-5'),
      pictures: 'mnist',
      epoch: 16_384,
      wasm: { epoch: 512, largestBatch: 512 },
    },
    {
      id: 'mnist-cnn',
      title: 'MNIST CNN',
      document: templateDocument('mnist-cnn'),
      pictures: 'mnist',
      epoch: 4096,
      wasm: { epoch: 128, largestBatch: 128 },
    },
    {
      id: 'resnet-20',
      title: 'ResNet-20',
      document: resNet20(),
      pictures: 'coloured',
      epoch: 1024,
      wasm: { epoch: 32, largestBatch: 32 },
    },
  ];
}

function templateDocument(id: string): Document {
  const template = findTemplate(id);
  if (template === undefined) throw new Error(`There is no template “${id}”.`);
  return template.document;
}

/** A perceptron with two hidden layers of 512 and dropout after each, on digits. */
export function mlp(): Document {
  const drawing = createDrawing();
  let at = drawing.add('Input', { shape: [28, 28, 1] });
  at = drawing.add('Flatten', {}, at);
  for (let hidden = 0; hidden < 2; hidden += 1) {
    at = drawing.add('Dense', { units: 512, activation: 'relu' }, at);
    at = drawing.add('Dropout', { rate: 0.2 }, at);
  }
  drawing.add('Dense', { units: 10, activation: 'softmax' }, at);
  return drawing.document('MLP');
}

/**
 * The residual network of 20 layers for pictures of 32×32 in three colours (He and others, "Deep residual learning for
 * image recognition", 2015, section 4.2): a convolution of 16 filters, three stages of three blocks with 16, 32 and 64
 * filters, global average pooling, softmax. Where a stage halves the picture, the way past the block is a convolution of
 * 1×1 with stride 2 and batch normalisation (the paper's option B; its own networks for CIFAR-10 have option A, which
 * pads with zeros and has no weights). No convolution has a bias: normalisation follows each.
 */
export function resNet20(): Document {
  const drawing = createDrawing();
  const convolve = (from: string, filters: number, kernel: number, stride: number) => {
    const params = {
      filters,
      kernelSize: [kernel, kernel],
      strides: [stride, stride],
      padding: 'same',
      useBias: false,
    };
    return drawing.add('BatchNormalization', {}, drawing.add('Conv2D', params, from));
  };
  const relu = (from: string) => drawing.add('Activation', { activation: 'relu' }, from);
  let at = relu(convolve(drawing.add('Input', { shape: [32, 32, 3] }), 16, 3, 1));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block += 1) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const inner = convolve(relu(convolve(at, filters, 3, stride)), filters, 3, 1);
      const past = stride === 1 ? at : convolve(at, filters, 1, stride);
      at = relu(drawing.add('Add', {}, inner, past));
    }
  }
  drawing.add('Dense', { units: 10, activation: 'softmax' }, drawing.add('GlobalAveragePooling2D', {}, at));
  return drawing.document('ResNet-20');
}

/** Layers as they are added, each with the layers that it reads. */
export function createDrawing() {
  const nodes: object[] = [];
  const edges: object[] = [];
  return {
    add(kind: string, params: ParamValues, ...sources: readonly string[]): string {
      const id = `${kind.toLowerCase()}_${String(nodes.length + 1)}`;
      nodes.push({ id, kind, params, position: { x: 280 * nodes.length, y: 0 } });
      for (const [at, source] of sources.entries()) {
        const handle = sources.length > 1 ? { targetHandle: `input_${String(at)}` } : {};
        edges.push({ source, target: id, ...handle });
      }
      return id;
    },
    /** What a file of it would be read as. */
    document(name: string): Document {
      const read = readDocument({ format: formatName, version: currentVersion, name, nodes, edges });
      if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
      return read.value;
    },
  };
}

/**
 * Multiply-accumulates of one training step for each picture: forward; backward once more for the gradient of a layer's
 * weights, and once more for that of its input, unless nothing before it learns, as at the first layer.
 */
export function trainingMacs({ topology, layers }: Analysis): number {
  const carriesGradient = new Set<string>();
  let macs = 0;
  for (const id of topology.order) {
    const layer = layers.get(id);
    if (layer === undefined) continue;
    const inputNeedsGradient = layer.inputIds.some((input) => carriesGradient.has(input));
    if (inputNeedsGradient || layer.params.trainable > 0) carriesGradient.add(id);
    macs += layer.macs * (inputNeedsGradient ? 3 : 2);
  }
  return macs;
}

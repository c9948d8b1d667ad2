import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readMnist } from '../main/trainer/dataset/mnist.ts';
import { loadEngine } from '../main/trainer/engine/index.ts';
import { activationsOf } from '../main/trainer/interpretation/activations.ts';
import { gradCam, saliency } from '../main/trainer/interpretation/gradients.ts';
import { inputOf, openNetwork } from '../main/trainer/interpretation/openNetwork.ts';
import { loadWeights } from '../main/trainer/model/loadWeights.ts';
import { npyHeader } from '../shared/codegen/npy.ts';
import { parseDocument } from '../shared/document.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { layersWithMaps } from '../shared/interpretation/layersWithMaps.ts';
import type { Result } from '../shared/problem.ts';
import { numbersAt } from '../shared/rpc/bytes.ts';

// `maps.js '{"run": …, "folder": …, "engineFolder": …, "pictures": 4}'`: what Convas makes of test pictures with a run's
// weights. Writes for Keras `case.json`, and as .npy for each picture N the input `N.input`, what each layer gives
// `N.map.<id>`, the saliency of each class `N.saliency.<class>`, and Grad-CAM of each layer with maps for each class
// `N.cam.<id>.<class>`.

interface Job {
  readonly run: string;
  readonly folder: string;
  readonly engineFolder: string | null;
  readonly pictures: number;
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(({ message }) => message).join('\n'));
}

const { run, folder, engineFolder, pictures } = JSON.parse(process.argv[2] ?? '{}') as Job;
const { tf } = valueOf(await loadEngine({ choice: 'auto', folder: engineFolder ?? undefined }));
const document = valueOf(parseDocument(await readFile(join(run, 'document.convas'), 'utf8')));
const analysis = analyze(document);
const network = valueOf(openNetwork(tf, document, analysis));
valueOf(await loadWeights(tf, network.compiled.model, join(run, 'model')));
const { test } = valueOf(await readMnist());
const withMaps = layersWithMaps(analysis).map(({ id }) => id);
const classes = [0, 7];
const { height, width } = test;
await mkdir(folder, { recursive: true });

async function write(name: string, shape: readonly number[], values: Float32Array): Promise<void> {
  const header = npyHeader('<f4', shape);
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), header.length);
  await writeFile(join(folder, `${name}.npy`), bytes);
}

for (let at = 0; at < pictures; at += 1) {
  const pixels = test.pixels.subarray(at * height * width, (at + 1) * height * width);
  const values = Float32Array.from(pixels, (byte) => byte / 255);
  const input = valueOf(inputOf(tf, network, { shape: [height, width, 1], values }));
  await write(`${String(at)}.input`, input.shape, input.dataSync<'float32'>());
  const { layers, numbers } = activationsOf(tf, network, input, null);
  for (const place of layers)
    await write(`${String(at)}.map.${place.id}`, place.shape, numbersAt(numbers, place));
  for (const classIndex of classes) {
    const { shape, values: salient } = saliency(tf, network, input, classIndex);
    await write(`${String(at)}.saliency.${String(classIndex)}`, shape, salient);
    for (const id of withMaps) {
      const cam = gradCam(tf, network, input, id, classIndex);
      await write(`${String(at)}.cam.${id}.${String(classIndex)}`, cam.shape, cam.values);
    }
  }
  input.dispose();
}
// An Input gives the picture itself.
const layers = network.compiled.layers.filter(({ parts }) => parts.length > 0).map(({ id }) => id);
await writeFile(join(folder, 'case.json'), JSON.stringify({ pictures, classes, layers, withMaps }));
console.log(JSON.stringify({ layers: layers.length, withMaps: withMaps.length }));
// Nothing is left to do; TensorFlow's threads would be waited for.
process.exit(0);

import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { codeText, type Framework } from '../../shared/codegen/code.ts';
import { generateCode } from '../../shared/codegen/index.ts';
import { npzChunks, savedNames, type WeightValues } from '../../shared/codegen/npz.ts';
import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { sizeOf, type Shape } from '../../shared/layers/shape.ts';

export const codeFileName = 'model.py';
const npzFileName = 'weights.npz';

interface ModelFile {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { readonly name: string; readonly shape: Shape }[];
  }[];
}

const bytesPerNumber = Float32Array.BYTES_PER_ELEMENT;

/**
 * Writes a network's source, and its weights as the source reads them: those of a model's folder, which the trainer
 * wrote.
 *
 * @throws when a file cannot be read or written.
 */
export async function writeCodeFiles(
  document: Document,
  framework: Framework,
  modelFolder: string,
  folder: string,
): Promise<void> {
  const analysis = analyze(document);
  const code = generateCode(document, analysis, framework, { loadsWeights: true });
  const json = await readFile(join(modelFolder, 'model.json'), 'utf8');
  const { weightsManifest } = JSON.parse(json) as ModelFile;
  const places = new Map<string, { readonly shape: Shape; readonly position: number }>();
  let end = 0;
  for (const { name, shape } of weightsManifest.flatMap(({ weights }) => weights)) {
    places.set(name, { shape, position: end });
    end += sizeOf(shape) * bytesPerNumber;
  }
  const names = savedNames(analysis, [...places.keys()]);
  const [binary = ''] = weightsManifest.flatMap(({ paths }) => paths);
  const source = await open(join(modelFolder, binary), 'r');
  const target = await open(join(folder, npzFileName), 'wx');
  try {
    const read = async ({ nodeId, weight }: { nodeId: string; weight: string }): Promise<WeightValues> => {
      const place = places.get(names.get(`${nodeId}/${weight}`) ?? '');
      if (place === undefined) throw new Error(`The model has no weight ${nodeId}/${weight}.`);
      const values = new Float32Array(sizeOf(place.shape));
      await source.read(new Uint8Array(values.buffer), 0, values.byteLength, place.position);
      return { shape: place.shape, values };
    };
    for await (const chunk of npzChunks(code.weights, read)) await target.writeFile(chunk);
    await target.sync();
  } finally {
    await source.close();
    await target.close();
  }
  // What makes the folder an export comes last.
  await writeFile(join(folder, codeFileName), codeText(code), { flag: 'wx' });
}

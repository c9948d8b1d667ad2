import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { findTemplate } from '../../../shared/templates/index.ts';
import { loadTensorFlowJs } from '../engine/index.ts';
import { modelFileName, weightsFileName, writeModelFiles } from './writeModel.ts';

const tf = loadTensorFlowJs();

it('writes what TensorFlow.js itself writes, byte for byte', async () => {
  await tf.setBackend('cpu');
  const document = findTemplate('residual-cnn')?.document;
  if (document === undefined) throw new Error('There is no such template.');
  const model = compileDocument(tf, document, analyze(document));
  const folder = await mkdtemp(join(tmpdir(), 'convas-test-'));
  try {
    await writeModelFiles(tf, model, folder);
    const json = JSON.parse(await readFile(join(folder, modelFileName), 'utf8')) as Record<string, unknown>;
    const bytes = await readFile(join(folder, weightsFileName));
    await model.save(
      tf.io.withSaveHandler((artifacts) => {
        const { weightData, weightSpecs, ...more } = artifacts;
        const expected = {
          ...more,
          weightsManifest: [{ paths: [weightsFileName], weights: weightSpecs }],
        };
        expect(json).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(bytes.equals(Buffer.from(tf.io.CompositeArrayBuffer.join(weightData)))).toBe(true);
        return Promise.resolve({
          modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const },
        });
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
    model.dispose();
  }
});

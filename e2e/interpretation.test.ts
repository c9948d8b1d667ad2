import { readFile, writeFile } from 'node:fs/promises';

import { decode, encode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { drawStrokes } from '../shared/digit/strokes.ts';
import { drawnDigits, drawnSide } from '../shared/digit/testing/drawnDigits.ts';
import { convas, convasJson, temporaryFolder } from './support/program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
let run: string;
let pictures: readonly string[];
beforeAll(async () => {
  folder = await temporaryFolder();
  env = { CONVAS_DATA_DIR: folder.in('data') };
  run = folder.in('run');
  const trained = await convas(
    ['train', 'mnist-cnn', '--epochs', '1', '--limit', '6000', '--seed', '1', '--out', run],
    { env },
  );
  expect(trained.code).toBe(0);
  pictures = await Promise.all(
    drawnDigits.map(async (strokes, digit) => {
      const { values } = drawStrokes(strokes, drawnSide, drawnSide);
      const data = Uint8Array.from(values, (ink) => Math.round(255 * (1 - ink)));
      const path = folder.in(`drawn-${String(digit)}.png`);
      await writeFile(path, encode({ width: drawnSide, height: drawnSide, channels: 1, depth: 8, data }));
      return path;
    }),
  );
}, 120_000);
afterAll(() => folder.remove());

interface Predicted {
  readonly class: string;
  readonly classIndex: number;
  readonly probabilities: readonly number[];
}

describe('convas predict', () => {
  it('recognises digits that were drawn by hand, with probabilities that add up to one', async () => {
    const { code, json } = await convasJson<readonly Predicted[]>(['predict', run, ...pictures], { env });
    expect(code).toBe(0);
    expect(json.map((one) => one.class)).toEqual(drawnDigits.map((_, digit) => String(digit)));
    for (const { probabilities, classIndex } of json) {
      expect(probabilities).toHaveLength(10);
      expect(probabilities.reduce((sum, one) => sum + one)).toBeCloseTo(1, 5);
      expect(Math.max(...probabilities)).toBe(probabilities[classIndex]);
    }
  });

  it('takes a photograph as it takes the same picture as PNG', async () => {
    const { values } = drawStrokes(drawnDigits[7] ?? [], drawnSide, drawnSide);
    // On grey paper, in no pure black.
    const data = Buffer.from([...values].flatMap((ink) => [...Array<number>(3).fill(210 - 180 * ink), 255]));
    const photo = folder.in('photo.jpg');
    await writeFile(photo, encodeJpeg({ width: drawnSide, height: drawnSide, data }, 85).data);
    const { json } = await convasJson<readonly Predicted[]>(['predict', run, photo], { env });
    expect(json.map((one) => one.class)).toEqual(['7']);
  });

  it('says what is wrong with a picture, and with a run that is not there', async () => {
    const text = folder.in('no.png');
    await writeFile(text, 'not a picture');
    const [first = ''] = pictures;
    expect(await convas(['predict', run, text], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it is no PNG or JPEG picture') as string,
    });
    expect(await convas(['predict', folder.in('none'), first], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no run') as string,
    });
  });
});

describe('convas evaluate', () => {
  interface Evaluation {
    readonly examples: number;
    readonly accuracy: number;
    readonly confusion: readonly (readonly number[])[];
    readonly perClass: readonly { readonly recall: number; readonly examples: number }[];
    readonly mistakes: readonly { readonly label: number; readonly predicted: number }[];
  }

  it('comes to the accuracy that the training ended with, class by class', async () => {
    const { code, json } = await convasJson<Evaluation>(['evaluate', run], { env });
    expect(code).toBe(0);
    const record = JSON.parse(await readFile(`${run}/run.json`, 'utf8')) as { readonly valAccuracy: number };
    expect(json.examples).toBe(10_000);
    expect(json.accuracy).toBeCloseTo(record.valAccuracy, 6);
    const right = json.confusion.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
    expect(right / 10_000).toBeCloseTo(json.accuracy, 10);
    expect(json.perClass.map(({ examples }) => examples)).toEqual(
      json.confusion.map((row) => row.reduce((sum, count) => sum + count)),
    );
    expect(json.mistakes.every(({ label, predicted }) => label !== predicted)).toBe(true);
  });
});

describe('convas evaluate --engines', () => {
  it('has every engine go through the test set with the same weights', async () => {
    interface Compared {
      readonly engines: readonly {
        readonly way: string;
        readonly result: { readonly accuracy: number; readonly difference: number | null } | null;
      }[];
    }
    const { code, json } = await convasJson<Compared>(['evaluate', run, '--engines'], { env });
    expect(code).toBe(0);
    const record = JSON.parse(await readFile(`${run}/run.json`, 'utf8')) as { readonly valAccuracy: number };
    const wasm = json.engines.find(({ way }) => way === 'wasm')?.result;
    expect(wasm?.accuracy).toBeCloseTo(record.valAccuracy, 3);
    const others = json.engines.filter(({ result }) => result !== null).slice(1);
    for (const { result } of others) expect(result?.difference).toBeLessThan(1e-3);
  });
});

describe('convas explain', () => {
  interface Explanation {
    readonly layerId: string | null;
    readonly classIndex: number | null;
    readonly shape: readonly number[];
    readonly map: readonly number[];
  }

  it.each([
    ['grad-cam', [24, 24], 'conv2d_2'],
    ['saliency', [28, 28], null],
    ['occlusion', [25, 25], null],
    ['deconvnet', [28, 28, 1], 'conv2d_2'],
  ] as const)('draws %s over the picture', async (method, shape, layerId) => {
    const out = folder.in(`${method}.png`);
    const { code, json } = await convasJson<Explanation>(
      ['explain', run, pictures[4] ?? '', '--method', method, '--out', out],
      { env },
    );
    expect(code).toBe(0);
    expect(json).toMatchObject({ layerId, classIndex: method === 'deconvnet' ? null : 4, shape });
    expect(json.map).toHaveLength(shape.reduce<number>((product, side) => product * side, 1));
    expect(json.map.some((value) => value > 0)).toBe(true);
    expect(decode(await readFile(out))).toMatchObject({ width: 448, height: 448, channels: 3 });
  });

  it('asks LeNet-5’s convolution of many places, and lays its map over the picture as it is padded', async () => {
    const lenet = folder.in('lenet');
    const trained = await convas(
      ['train', 'lenet-5', '--epochs', '1', '--limit', '500', '--seed', '1', '--out', lenet],
      { env },
    );
    expect(trained.code).toBe(0);
    const [height, width] = [28, 28];
    // Bright in its first column, which is the third of the input's.
    const data = Uint8Array.from({ length: height * width }, (_, at) => (at % width === 0 ? 255 : 0));
    const picture = folder.in('column.png');
    await writeFile(picture, encode({ width, height, channels: 1, depth: 8, data }));
    const out = folder.in('lenet.png');
    const { json } = await convasJson<Explanation>(['explain', lenet, picture, '--out', out], { env });
    expect(json).toMatchObject({ layerId: 'conv2d_2', shape: [10, 10] });
    const drawn = decode(await readFile(out));
    expect(drawn).toMatchObject({ width: 448, height: 448, channels: 3 });
    // Orange has no blue: what is blue is the picture's white.
    const blueAt = (pixel: number) => drawn.data[(224 * 448 + (pixel + 0.5) * 14) * 3 + 2];
    expect([0, 1, 3, 4].map(blueAt)).toEqual([0, 0, 0, 0]);
    expect(blueAt(2)).toBeGreaterThan(50);
  });

  it('says which layers give no maps', async () => {
    const out = folder.in('none.png');
    const { code, stderr } = await convas(
      ['explain', run, pictures[4] ?? '', '--layer', 'dense_1', '--out', out],
      { env },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('dense_1 gives 128');
  });
});

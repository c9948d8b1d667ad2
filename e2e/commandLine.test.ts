import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { convas, convasJson, temporaryFolder } from './support/program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  env = { CONVAS_DATA_DIR: folder.in('data') };
});
afterAll(() => folder.remove());

async function file(name: string, content: unknown): Promise<string> {
  const path = folder.in(name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const node = (id: string, kind: string, params: object = {}) => ({
  id,
  kind,
  params,
  position: { x: 0, y: 0 },
});
const project = (nodes: readonly object[], edges: readonly object[], more: object = {}) => ({
  format: 'convas-project',
  version: 1,
  name: 'Test',
  nodes,
  edges,
  ...more,
});

interface Summary {
  layers: {
    id: string;
    outputShape: number[] | null;
    params: { trainable: number };
    macs: number;
    arithmetic: string[];
  }[];
  totals: { params: { trainable: number; nonTrainable: number }; macs: number; complete: boolean };
  problems: { code: string; severity: string; message: string; fixes: { label: string; edit: unknown }[] }[];
}

describe('convas templates', () => {
  it('lists them all with what they take', async () => {
    const { code, json } = await convasJson<{ id: string; inputShape: number[]; dataset: string | null }[]>([
      'templates',
    ]);
    expect(code).toBe(0);
    expect(json).toHaveLength(18);
    const template = (id: string) => json.find((one) => one.id === id);
    expect(template('lenet-5')).toMatchObject({ inputShape: [32, 32, 1], dataset: 'mnist' });
    expect(template('unet')).toMatchObject({ inputShape: [572, 572, 1], dataset: null });
  });
});

describe('convas summary', () => {
  it.each([
    ['lenet-5', 61_706, 0, 416_520],
    ['mnist-cnn', 1_199_882, 0, 11_992_448],
    ['alexnet', 62_378_344, 0, 1_135_256_096],
    ['residual-cnn', 19_754, 192, 6_535_744],
    ['vgg-16', 138_357_544, 0, 15_470_264_320],
    ['densenet-121', 7_978_856, 83_648, 2_834_161_664],
  ])('counts %s', async (template, trainable, nonTrainable, macs) => {
    const { code, json } = await convasJson<Summary>(['summary', template]);
    expect(code).toBe(0);
    expect(json.totals).toEqual({ params: { trainable, nonTrainable }, macs, complete: true });
    expect(json.problems).toEqual([]);
  });

  it('puts the batch in front of shapes, and not of counts', async () => {
    const { json } = await convasJson<Summary>(['summary', 'alexnet', '--batch', '256']);
    expect(json.layers[1]).toMatchObject({
      inputShapes: [[256, 227, 227, 3]],
      outputShape: [256, 55, 55, 96],
      arithmetic: ['(227 − 11 + 2·0)/4 + 1 = 55', '(227 − 11 + 2·0)/4 + 1 = 55'],
      macs: 105_415_200,
    });
  });

  it('reads standard input', async () => {
    const text = JSON.stringify(project([node('in', 'Input', { shape: [5, 5, 3] })], []));
    const { code, json } = await convasJson<Summary>(['summary', '-'], { input: text });
    expect(code).toBe(0);
    expect(json.layers[0]?.outputShape).toEqual([5, 5, 3]);
  });

  it('keeps what can be computed beside an error, and exits with 1', async () => {
    const path = await file(
      'broken.convas',
      project(
        [
          node('in', 'Input', { shape: [3, 3, 1] }),
          node('conv', 'Conv2D', { filters: 2, kernelSize: 5 }),
          node('flat', 'Flatten'),
        ],
        [
          { source: 'in', target: 'conv' },
          { source: 'conv', target: 'flat' },
        ],
      ),
    );
    const { code, json } = await convasJson<Summary>(['summary', path]);
    expect(code).toBe(1);
    expect(json.layers.map(({ outputShape }) => outputShape)).toEqual([[3, 3, 1], null, null]);
    expect(json.totals.complete).toBe(false);
    expect(json.problems).toHaveLength(1);
    expect(json.problems[0]?.message).toContain('(3 − 5 + 2·0)/1 + 1 = −1');
  });
});

describe('a template', () => {
  it('is found beside a folder of its name, but not beside a file', async () => {
    await mkdir(folder.in('lenet-5'));
    await file('mnist-cnn', project([], [], { name: 'A file' }));
    const summary = (name: string) => convasJson<{ name: string }>(['summary', name], { cwd: folder.path });
    expect((await summary('lenet-5')).json.name).toBe('LeNet-5');
    expect((await summary('mnist-cnn')).json.name).toBe('A file');
  });
});

describe('convas check', () => {
  it('names a cycle and exits with 1', async () => {
    const path = await file(
      'cycle.convas',
      project(
        [node('a', 'Activation', { activation: 'relu' }), node('b', 'Flatten')],
        [
          { source: 'a', target: 'b' },
          { source: 'b', target: 'a' },
        ],
      ),
    );
    const { code, json } = await convasJson<{ ok: boolean } & Summary>(['check', path]);
    expect(code).toBe(1);
    expect(json.ok).toBe(false);
    expect(json.problems[0]).toMatchObject({ code: 'cycle' });
    // Either of the two wires cuts it.
    expect(json.problems[0]?.fixes.map(({ edit }) => edit)).toEqual([
      { type: 'disconnect', source: 'a', target: 'b' },
      { type: 'disconnect', source: 'b', target: 'a' },
    ]);
  });

  it('says what the dataset asks for', async () => {
    const path = await file(
      'classes.convas',
      project(
        [
          node('in', 'Input', { shape: [28, 28, 1] }),
          node('flat', 'Flatten'),
          node('out', 'Dense', { units: 7 }),
        ],
        [
          { source: 'in', target: 'flat' },
          { source: 'flat', target: 'out' },
        ],
        { dataset: { kind: 'mnist' } },
      ),
    );
    const { code, json } = await convasJson<Summary>(['check', path]);
    expect(code).toBe(1);
    expect(json.problems.map((problem) => problem.code)).toEqual(['output-is-not-classes']);
    expect(json.problems[0]?.fixes[0]?.label).toBe('Set units to 10');
  });
});

describe('what a training would be refused for', () => {
  const names = async (path: string, command: string) => {
    const { code, json } = await convasJson<Summary>([command, path], { env });
    expect(code).toBe(1);
    return json.problems.map((problem) => problem.code);
  };

  it.each<[what: string, nodes: object[], edges: object[], more: object, expected: string]>([
    [
      'nothing-to-learn.convas',
      [node('in', 'Input', { shape: [28, 28, 1] })],
      [],
      { dataset: { kind: 'mnist' } },
      'nothing-to-learn',
    ],
    [
      'large.convas',
      [
        node('in', 'Input', { shape: [16_384, 16_384, 1] }),
        node('conv', 'Conv2D', { filters: 65_536, kernelSize: 1 }),
        node('mean', 'GlobalAveragePooling2D'),
        node('end', 'Dense', { units: 10, activation: 'softmax' }),
      ],
      [
        { source: 'in', target: 'conv' },
        { source: 'conv', target: 'mean' },
        { source: 'mean', target: 'end' },
      ],
      { dataset: { kind: 'mnist' } },
      'out-of-memory',
    ],
  ])('is what check says as well: %s', async (what, nodes, edges, more, expected) => {
    const path = await file(what, project(nodes, edges, more));
    expect(await names(path, 'train')).toEqual([expected]);
    expect(await names(path, 'check')).toEqual([expected]);
  });

  it('is not said by check where only the dataset is missing', async () => {
    const { code, json } = await convasJson<{ ok: boolean } & Summary>(['check', 'alexnet']);
    expect([code, json.ok, json.problems]).toEqual([0, true, []]);
  });
});

describe('a hostile file', () => {
  const one = project([node('in', 'Input', { shape: [4, 4, 1] })], []);
  it.each<[string, unknown]>([
    ['cut off', JSON.stringify(one).slice(0, 90)],
    ['empty', ''],
    ['not a project', { hello: 'world' }],
    ['with a number that overflows', JSON.stringify(one).replace('"version":1', '"version":1e999')],
    [
      'with __proto__',
      JSON.stringify(one).replace('"name":"Test"', '"name":"Test","__proto__":{"polluted":true}'),
    ],
    ['with two layers of one id', project([node('a', 'Flatten'), node('a', 'Flatten')], [])],
    ['with an edge to nowhere', project([node('a', 'Flatten')], [{ source: 'a', target: 'b' }])],
    ['with an unknown layer', project([node('a', 'Exec')], [])],
    ['with an unknown key', project([], [], { script: 'alert(1)' })],
    ['of a newer Convas', { ...one, version: 2 }],
    [
      'with 100,000 layers',
      project(
        Array.from({ length: 100_000 }, (_, at) => node(`n${String(at)}`, 'Flatten')),
        [],
      ),
    ],
    ['with a name of 10 MB', project([], [], { name: 'x'.repeat(10_000_000) })],
    ['nested without end', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['with units out of range', project([node('a', 'Dense', { units: 1e9 })], [])],
  ])('%s is refused with a sentence and exit code 1', async (what, content) => {
    const path = await file(`hostile-${what.replace(/\W/g, '-')}.convas`, content);
    const { code, json } = await convasJson<{ ok: boolean; problems: { message: string }[] }>([
      'check',
      path,
    ]);
    expect(code).toBe(1);
    expect(json.ok).toBe(false);
    expect(json.problems[0]?.message.length).toBeGreaterThan(10);
    expect(json.problems[0]?.message.length).toBeLessThan(600);
  });

  it.each([
    [['check', 'no-such-template']],
    [['summary']],
    [['summary', 'lenet-5', '--batch', 'many']],
    [['train', 'lenet-5', '--epochs', '0']],
    [['train', 'lenet-5', '--engine', 'quantum']],
    [['export', 'lenet-5']],
    [['fly']],
  ])('usage %j exits with 2 and says why', async (args) => {
    const { code, stdout, stderr } = await convas(args, { env });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toBe('');
  });
});

describe('a model.json', () => {
  const model = (weightsManifest: unknown) => ({
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'elsewhere',
        layers: [
          {
            class_name: 'Conv2D',
            config: {
              name: 'c1',
              filters: 4,
              kernel_size: [3, 3],
              strides: [1, 1],
              padding: 'same',
              activation: 'relu',
              use_bias: true,
              batch_input_shape: [null, 28, 28, 1],
            },
          },
          { class_name: 'Flatten', config: { name: 'f1' } },
          { class_name: 'Dense', config: { name: 'd1', units: 10, activation: 'softmax' } },
        ],
      },
    },
    weightsManifest,
  });
  const weights = (paths: string[]) => [
    { paths, weights: [{ name: 'c1/kernel', shape: [3, 3, 1, 4], dtype: 'float32' }] },
  ];

  it('is read like a project, and says that its weights are left', async () => {
    const path = await file('model.json', model(weights(['elsewhere.bin'])));
    const { code, json } = await convasJson<Summary>(['summary', path]);
    expect(code).toBe(0);
    expect(json.layers.map(({ outputShape }) => outputShape)).toEqual([
      [28, 28, 1],
      [28, 28, 4],
      [3136],
      [10],
    ]);
    expect(json.problems).toMatchObject([{ code: 'weights-left-out', severity: 'warning' }]);
  });

  it.each([
    ['../secret.bin'],
    ['..'],
    ['/etc/passwd'],
    ['a/b.bin'],
    ['..\\secret.bin'],
    ['http://example.org/x.bin'],
  ])('with weights at %s opens without them, and never looks there', async (path) => {
    await file('secret.bin', 'x'.repeat(144));
    const name = await file('escape.json', model(weights([path])));
    const { code, json } = await convasJson<Summary>(['check', name]);
    expect(code).toBe(0);
    expect(json.problems).toMatchObject([{ code: 'weights-left-out', severity: 'warning' }]);
  });

  it('with weights of another length opens without them, as with any', async () => {
    await file('short.bin', 'x'.repeat(143));
    const name = await file('short.json', model(weights(['short.bin'])));
    const { code, json } = await convasJson<Summary>(['check', name]);
    expect(code).toBe(0);
    expect(json.problems).toMatchObject([
      { code: 'weights-left-out', severity: 'warning' },
      { code: 'weights-size-differs', severity: 'warning' },
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('a folder that no one can make', () => {
  it.each(['export', 'train'])('ends %s with a sentence, not with an endless try', async (command) => {
    const { code, json } = await convasJson<Summary>([command, 'lenet-5', '--out', '/proc/zz/y'], { env });
    expect(code).toBe(2);
    expect(json.problems).toMatchObject([{ code: 'unwritable-folder' }]);
  });
});

describe('convas export as source code', () => {
  it.each(['keras', 'pytorch'])(
    'writes %s code with its weights, and says that it did not run it',
    async (format) => {
      const out = folder.in(`code-${format}`);
      const args = ['export', 'residual-cnn', '--format', format, '--out', out];
      const { code, json } = await convasJson<{ files: { name: string; bytes: number }[] }>(args, { env });
      expect(code).toBe(0);
      expect(json).toMatchObject({ ok: true, format, trained: false, checked: false });
      expect(json.files.map(({ name }) => name)).toEqual(['model.py', 'weights.npz']);
      expect((await readdir(out)).sort()).toEqual(['model.py', 'weights.npz']);
      expect(await readFile(join(out, 'model.py'), 'utf8')).toContain('def load_weights(model');
      // 19,946 numbers of four bytes, and what the archive says of them.
      expect(json.files[1]!.bytes).toBeGreaterThan(19_946 * 4);
    },
  );
});

describe('convas export', () => {
  it('writes an untrained network that says so, and does not touch a folder with something in it', async () => {
    const out = folder.in('untrained');
    const { code, json } = await convasJson<object>(['export', 'residual-cnn', '--out', out], { env });
    expect(code).toBe(0);
    expect(json).toMatchObject({ ok: true, trained: false, maxAbsDifference: 0, examples: 100 });
    expect((await readdir(out)).sort()).toEqual(['model.json', 'receipt.json', 'weights.bin']);
    expect(JSON.parse(await readFile(join(out, 'receipt.json'), 'utf8'))).toEqual(json);

    const again = await convasJson<{ problems: { code: string }[] }>(['export', 'lenet-5', '--out', out], {
      env,
    });
    expect(again.code).toBe(2);
    expect(again.json.problems[0]?.code).toBe('folder-not-empty');
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

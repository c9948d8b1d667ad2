import { access, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TrainEvent } from '../shared/training/events.ts';
import { convas, convasJson, startConvas, temporaryFolder, type RunOptions } from './support/program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  env = { CONVAS_DATA_DIR: folder.in('data') };
});
afterAll(() => folder.remove());

/** Starts a long training and waits for its first batches. */
async function startLong(out: string, options: RunOptions = {}) {
  const running = startConvas(['train', 'lenet-5', '--epochs', '50', '--json', '--out', out], {
    env,
    ...options,
  });
  let batches = 0;
  for await (const line of running.lines()) {
    if ((JSON.parse(line) as TrainEvent).type === 'batch') batches += 1;
    if (batches === 3) break;
  }
  return running;
}

async function expectKept(out: string): Promise<void> {
  await access(join(out, 'model', 'model.json'));
  expect(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))).toMatchObject({ status: 'stopped' });
}

const posix = describe.skipIf(process.platform === 'win32');

posix('a training keeps what it learned', () => {
  it('when one press of Ctrl-C arrives twice, from the terminal and from npm', async () => {
    const out = folder.in('twice');
    const running = await startLong(out);
    running.process.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 20));
    running.process.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    await expectKept(out);
  });

  it('when its whole group of processes is asked to end', async () => {
    const out = folder.in('group');
    const running = await startLong(out, { detached: true });
    process.kill(-(running.process.pid ?? 0), 'SIGTERM');
    expect((await running.ended).code).toBe(143);
    await expectKept(out);
  });

  it('when its terminal is closed', async () => {
    const out = folder.in('hung-up');
    const running = await startLong(out);
    running.process.kill('SIGHUP');
    expect((await running.ended).code).toBe(129);
    await expectKept(out);
  });

  it('when who reads its output goes away', async () => {
    const out = folder.in('unread');
    const running = await startLong(out);
    running.process.stdout?.destroy();
    expect((await running.ended).code).toBe(0);
    await expectKept(out);
  });
});

describe('a training that cannot go on', () => {
  it('names the test set where its loss there is not finite', async () => {
    const path = folder.in('hot.convas');
    const nodes = [
      { id: 'input_1', kind: 'Input', params: { shape: [28, 28, 1] } },
      { id: 'flatten_1', kind: 'Flatten' },
      { id: 'dense_1', kind: 'Dense', params: { units: 32, activation: 'relu' } },
      { id: 'dense_2', kind: 'Dense', params: { units: 10, activation: 'softmax' } },
    ];
    const edges = [1, 2, 3].map((at) => ({ source: nodes[at - 1]?.id, target: nodes[at]?.id }));
    const training = { optimizer: { kind: 'sgd', learningRate: 2e38 }, batchSize: 64 };
    const dataset = { kind: 'mnist' };
    await writeFile(
      path,
      JSON.stringify({ format: 'convas-project', version: 1, nodes, edges, dataset, training }),
    );
    const { code, stdout } = await convas(
      ['train', path, '--limit', '64', '--epochs', '1', '--json', '--out', folder.in('hot')],
      { env },
    );
    expect(code).toBe(3);
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as TrainEvent;
    expect(last).toMatchObject({ type: 'failed', problem: { code: 'test-loss-not-finite' } });
  });
});

describe('an export', () => {
  const twoInputs = {
    format: 'convas-project',
    version: 1,
    nodes: [
      { id: 'left', kind: 'Input', params: { shape: [8] } },
      { id: 'right', kind: 'Input', params: { shape: [8] } },
      { id: 'sum', kind: 'Add' },
      { id: 'dense_1', kind: 'Dense', params: { units: 3 } },
    ],
    edges: [
      { source: 'left', target: 'sum', targetHandle: 'input_0' },
      { source: 'right', target: 'sum', targetHandle: 'input_1' },
      { source: 'sum', target: 'dense_1' },
    ],
    dataset: null,
  };

  it('of a network with several inputs is compared on all of them', async () => {
    const path = folder.in('two.convas');
    await writeFile(path, JSON.stringify(twoInputs));
    const { code, json } = await convasJson(['export', path, '--out', folder.in('two')], { env });
    expect(code).toBe(0);
    expect(json).toMatchObject({ ok: true, trained: false, maxAbsDifference: 0 });
  });

  it('fills an empty folder in its place, also through a link', async () => {
    const real = folder.in('real');
    await mkdir(real);
    await symlink(real, folder.in('link'));
    const { code } = await convas(['export', 'lenet-5', '--out', folder.in('link')], { env });
    expect(code).toBe(0);
    expect((await readdir(real)).sort()).toEqual(['model.json', 'receipt.json', 'weights.bin']);
  });

  it('of weights that are another network’s is refused with a sentence, and leaves no folder', async () => {
    const run = folder.in('run');
    await convas(['train', 'lenet-5', '--limit', '128', '--epochs', '1', '--out', run], { env });
    const file = join(run, 'document.convas');
    const document = JSON.parse(await readFile(file, 'utf8')) as {
      nodes: { id: string; params: Record<string, unknown> }[];
    };
    for (const node of document.nodes) if (node.id === 'conv2d_1') node.params['filters'] = 7;
    await writeFile(file, JSON.stringify(document));
    const { code, json } = await convasJson<{ problems: { code: string }[] }>(
      ['export', run, '--out', folder.in('wrong')],
      { env },
    );
    expect(code).toBe(1);
    expect(json.problems.map((problem) => problem.code)).toEqual(['weights-do-not-fit']);
    await expect(access(folder.in('wrong'))).rejects.toThrow();
  });
});

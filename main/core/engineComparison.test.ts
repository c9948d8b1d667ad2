import { createRouterClient, implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';

import type { EngineInfo } from '../../shared/engine.ts';
import { problem } from '../../shared/problem.ts';
import { trainerContract } from '../../shared/rpc/contract.ts';
import type { EngineResult } from '../../shared/rpc/interpretation.ts';
import { compareEngines } from './engineComparison.ts';
import type { StartTrainer } from './trainerProcess.ts';

const os = implement(trainerContract);
const source = { document: {}, weights: '/run/model', runId: 'run' };
const notAsked = () => {
  throw new Error('Nobody asks that here.');
};

interface Machine {
  readonly device: string;
  readonly hasNative?: boolean;
}

/** Trainers in this process whose engines answer a little differently; tells which were started, and which still run. */
function machineOf({ device, hasNative = true }: Machine) {
  const running = new Set<number>();
  const started: string[] = [];
  const start: StartTrainer = (environment) => {
    const pid = started.length;
    let engine: EngineInfo = { name: 'cpu', version: '1', device: 'CPU', mode: 'eager', threads: 1 };
    let exit: (reason: string) => void = () => undefined;
    const exited = new Promise<string>((resolve) => {
      exit = resolve;
    });
    started.push(environment['CUDA_VISIBLE_DEVICES'] ?? '');
    running.add(pid);
    const router = os.router({
      prepare: os.prepare.handler(({ input, errors }) => {
        const name = input.engine === 'wasm' ? 'wasm' : 'native';
        if (name === 'native' && !hasNative) {
          const missing = problem('engine-unavailable', { engine: name, reason: 'it is not set up' });
          throw errors.REFUSED({ data: { problems: [missing] } });
        }
        const isVisible = environment['CUDA_VISIBLE_DEVICES'] === undefined;
        engine = { ...engine, name, device: name === 'native' && isVisible ? device : 'CPU' };
        return { engine, rungs: [], dataset: { path: '', ok: true } };
      }),
      samples: os.samples.handler(notAsked),
      testPictures: os.testPictures.handler(notAsked),
      interpretation: {
        activations: os.interpretation.activations.handler(notAsked),
        weights: os.interpretation.weights.handler(notAsked),
        explain: os.interpretation.explain.handler(notAsked),
        exciting: os.interpretation.exciting.handler(notAsked),
        evaluate: os.interpretation.evaluate.handler(() => {
          const off = engine.name === 'wasm' ? 0.25 : 0;
          return {
            classes: ['a', 'b'],
            loss: 0.5,
            probabilities: { shape: [2, 2], at: 0 },
            labels: [0, 0],
            seconds: 1,
            numbers: new Blob([Float32Array.of(1, 0, 0.5 - off, 0.5 + off)]),
          };
        }),
      },
      stop: os.stop.handler(notAsked),
      estimate: os.estimate.handler(notAsked),
      exportModel: os.exportModel.handler(notAsked),
      train: os.train.handler(notAsked),
    });
    const kill = () => {
      running.delete(pid);
      exit('killed');
    };
    return { client: createRouterClient(router), pid, exited, kill };
  };
  return { start, started, running };
}

async function resultsOf(machine: ReturnType<typeof machineOf>, signal?: AbortSignal) {
  const compared = compareEngines(machine.start, source, signal);
  if (!compared.ok) throw new Error(compared.problems[0]?.message);
  const all: EngineResult[] = [];
  for await (const one of compared.value) all.push(one);
  return all;
}

describe('a comparison of engines', () => {
  it('has each answer in a process that ends with it, and says how far it is from the first', async () => {
    const machine = machineOf({ device: 'CPU' });
    expect(await resultsOf(machine)).toMatchObject([
      { way: 'native', result: { accuracy: 1, examples: 2, difference: null } },
      { way: 'wasm', result: { accuracy: 0.5, difference: 0.25, engine: { name: 'wasm' } } },
    ]);
    expect(machine.started).toEqual(['', '']);
    expect(machine.running.size).toBe(0);
  });

  it('has TensorFlow answer on the processor as well where it has another device', async () => {
    const machine = machineOf({ device: 'a graphics card' });
    expect(await resultsOf(machine)).toMatchObject([
      { way: 'native', result: { engine: { device: 'a graphics card' } } },
      { way: 'nativeOnProcessor', result: { difference: 0, engine: { device: 'CPU' } } },
      { way: 'wasm', result: { difference: 0.25 } },
    ]);
    expect(machine.started).toEqual(['', '-1', '']);
  });

  it('goes on without an engine that is not there, and says why', async () => {
    const machine = machineOf({ device: 'CPU', hasNative: false });
    expect(await resultsOf(machine)).toMatchObject([
      { way: 'native', result: null, problems: [{ code: 'engine-unavailable' }] },
      { way: 'wasm', result: { difference: null } },
    ]);
    expect(machine.running.size).toBe(0);
  });

  it('ends with who asked for it', async () => {
    const machine = machineOf({ device: 'CPU' });
    expect(await resultsOf(machine, AbortSignal.abort())).toEqual([]);
    expect(machine.started).toEqual([]);
  });

  it('is refused for weights that a training under way alone has', () => {
    const { start } = machineOf({ device: 'CPU' });
    const compared = compareEngines(start, { ...source, weights: null });
    expect(compared.ok ? '' : compared.problems[0]?.code).toBe('run-without-model');
  });
});

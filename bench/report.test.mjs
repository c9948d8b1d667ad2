import { describe, expect, it } from 'vitest';
import { chartOf } from './chart.mjs';
import { reportOf } from './report.mjs';
import { figureOf, ratioOf, spreadOf } from './statistics.mjs';

const network = {
  id: 'net',
  title: 'A < B & C',
  params: 1000,
  macs: 2000,
  trainingMacs: 6000,
  epoch: 512,
  wasm: { epoch: 64, largestBatch: 32 },
};
/**
 * @param {number} round
 * @param {import('./result.ts').Contender} contender
 * @param {number} imagesPerSecond
 * @returns {import('./result.ts').Sample}
 */
const sample = (round, contender, imagesPerSecond) => ({
  ...{ round, contender, imagesPerSecond, share: 0.5, secondsToFirstBatch: 1 },
  ...{ peakMemoryBytes: 5e8, loss: 0.25, epochs: 3 },
});
/** @type {import('./result.ts').CaseResult} */
const found = {
  network,
  batchSize: 128,
  kerasBest: { jit_compile: false, steps_per_execution: 16 },
  // The machine was slow in the second round.
  samples: [
    ...[sample(0, 'graph', 300), sample(1, 'graph', 150), sample(2, 'graph', 200)],
    ...[sample(0, 'kerasBest', 200), sample(1, 'kerasBest', 75), sample(2, 'kerasBest', 200)],
    sample(1, 'modelFit', 50),
  ],
  leftOut: [{ contender: 'wasm', reason: 'an epoch of such batches takes too long' }],
};
/** @type {import('./result.ts').BenchResult} */
const result = {
  machine: { cpu: 'A processor', cores: 2, memoryBytes: 2 ** 34, platform: 'linux x64', node: '20.0.0' },
  versions: { convas: '1.0.0', tensorflow: '2.21.0', keras: '3.0.0' },
  settings: { rounds: 3, seconds: 2 },
  minutes: 20,
  analysis: [{ layers: 10, milliseconds: 0.1 }],
  startMilliseconds: [200, 300, 250],
  latency: [{ network: 'lenet-5', layers: 9, bytes: 36_952, milliseconds: [5, 4, 9] }],
  accuracy: {
    ...{ network: 'mnist-cnn', epochs: 5, trainExamples: 60_000, testExamples: 10_000, accuracy: 0.9912 },
    ...{ estimatedSeconds: 100, seconds: 110.4, engine: 'native 2.21.0 on CPU, 2 threads' },
  },
  matmulFlops: [3e11, 2e11],
  cases: [found],
};

describe('figures over rounds', () => {
  it('are a median with least and largest', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([3, 1])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([])).toBeUndefined();
    expect(figureOf(found, 'graph', 'imagesPerSecond')).toEqual({ median: 200, min: 150, max: 300 });
  });

  it('are compared round by round', () => {
    expect(ratioOf(found, 'graph', 'kerasBest')).toEqual({ median: 1.5, min: 1, max: 2 });
    expect(ratioOf(found, 'graph', 'modelFit')).toEqual({ median: 3, min: 3, max: 3 });
    expect(ratioOf(found, 'graph', 'wasm')).toBeUndefined();
  });
});

it('the report has every figure with its spread, and what was left out', () => {
  const report = reportOf(result, { chart: 'chart.svg' });
  expect(report).toContain('(chart.svg)');
  expect(report).toContain('| 128 | Convas | 200 (150–300) | 50 % | 1.00 | 500 | 0.250 |');
  expect(report).toContain('1.50 (1.00–2.00)');
  expect(report).toContain('| lenet-5 | 9 | 37 | 5.0 (4.0–9.0) | 50 |');
  expect(report).toContain('**99.12 %** of 10,000 test pictures right, which is the promised 99 %.');
  expect(report).toContain('Said before: 100 s; it took 110 s');
  expect(reportOf({ ...result, accuracy: null })).not.toContain('Said before');
  expect(report).toContain('batch 128, Convas, WebAssembly: an epoch of such batches takes too long.');
});

it('the chart shows a run with Keras, and needs one', () => {
  const chart = chartOf(result);
  expect(chart).toContain('A &lt; B &amp; C');
  expect(chart).toContain('>1.50 ×<');
  expect(chart.match(/class="one"/g)).toHaveLength(1);
  const alone = { ...found, samples: found.samples.filter(({ contender }) => contender === 'graph') };
  expect(() => chartOf({ ...result, cases: [alone] })).toThrow('Keras');
});

import { describe, expect, it } from 'vitest';
import { agreementReport, noticed, objectionsTo, verdictOn } from './agreement.mjs';

/** @typedef {import('./agreement.ts').Moment} Moment */
/** @typedef {import('./agreement.ts').WeightFound} WeightFound */

const rounding = { graph: 2e-7, eager: 2e-7, keras: 1e-7, disturbed: 3e-7 };

/**
 * @param {Partial<WeightFound>} [weight] what is other than rounding
 * @param {Partial<Moment['losses']>} [losses]
 * @returns {Moment}
 */
const moment = (weight = {}, losses = {}) => ({
  losses: { ...rounding, 'keras-graph': 1e-7, 'graph-eager': 0, size: 2.3, ...losses },
  weights: [{ name: 'dense/kernel', learned: true, length: 1, moved: 0.01, ...rounding, ...weight }],
  largest: { 'keras-graph': 1e-8, 'graph-eager': 0, moved: 0.001 },
});

/**
 * @param {Moment} first
 * @param {Moment} [last]
 */
const found = (first, last = moment()) => ({
  ...{ id: 'net-1', title: 'Net', optimizer: 'SGD', params: 10 },
  ...{ first, last },
});

describe('a training', () => {
  it('agrees where all is rounding', () => {
    expect(verdictOn(found(moment()))).toBe('agrees');
    expect(objectionsTo(found(moment()))).toEqual([]);
  });

  it('differs by one weight, by one loss, or by what is not finite', () => {
    const step = found(moment({ graph: 1e-4 }));
    expect(verdictOn(step)).toBe('differs');
    expect(objectionsTo(step)).toEqual([
      'graph, the first step: dense/kernel is 1.0e−4 off, with 2.0e−6 allowed; it moved 1.0e−2',
    ]);
    expect(objectionsTo(found(moment(), moment({}, { eager: 0.01 })))).toEqual([
      'eager, the last step: the loss is 1.0e−2 off, with 2.3e−4 allowed',
    ]);
    expect(verdictOn(found(moment({ graph: null })))).toBe('differs');
    expect(verdictOn(found(moment({}, { graph: null })))).toBe('differs');
    expect(verdictOn(found(moment({ keras: null })))).toBe('differs');
  });

  it('may be as far off as rounding is, and is undecided where that hides a step', () => {
    const chaotic = moment({ graph: 1e-3, eager: 1e-3, keras: 1e-3 });
    expect(verdictOn(found(moment(), chaotic))).toBe('agrees');
    expect(noticed(found(chaotic))).toBeCloseTo(0.3);
    expect(verdictOn(found(chaotic))).toBe('undecided');
  });
});

it('the report has a verdict on each training, and what differs', () => {
  const result = {
    machine: { cpu: 'A processor', platform: 'linux x64', node: '20.0.0' },
    versions: {
      ...{ convas: '1.0.0', tensorflow: '2.21.0' },
      keras: { keras: '3.0.0', tensorflow: '2.21.0' },
    },
    ...{ batches: 10, batchSize: 32 },
    cases: [found(moment()), found(moment({ graph: 1e-4 }))],
  };
  const report = agreementReport(result);
  expect(report).toContain('**1 of 2 trainings agree with Keras to within rounding; 1 differ.**');
  expect(report).toContain('| agrees |');
  expect(report).toContain('- Net, SGD: graph, the first step: dense/kernel is 1.0e−4 off');
  expect(agreementReport({ ...result, cases: [found(moment())] })).not.toContain('What differs');
});

import { expect, it } from 'vitest';

import { settingFrom } from './settingFrom.ts';

it.each([
  ['zeros', { kind: 'zeros' }],
  ['glorot_uniform', { kind: 'glorotUniform' }],
  [
    {
      class_name: 'VarianceScaling',
      config: { scale: 1, mode: 'fan_avg', distribution: 'uniform', seed: 3 },
    },
    { kind: 'glorotUniform' },
  ],
  [
    { class_name: 'VarianceScaling', config: { scale: 2, mode: 'fan_in', distribution: 'truncated_normal' } },
    { kind: 'heNormal' },
  ],
  [
    { class_name: 'VarianceScaling', config: { scale: 3, mode: 'fan_out', distribution: 'normal' } },
    { kind: 'varianceScaling', scale: 3, mode: 'fanOut', distribution: 'normal' },
  ],
  [
    { module: 'keras.initializers', class_name: 'LecunNormal', config: { seed: null } },
    { kind: 'leCunNormal' },
  ],
  [
    { class_name: 'RandomUniform', config: { minval: -1, maxval: 0, seed: null } },
    { kind: 'randomUniform', minval: -1, maxval: 0 },
  ],
  [
    { class_name: 'L1L2', config: { l1: 0, l2: 0.5 } },
    { kind: 'l2', l2: 0.5 },
  ],
  [
    { class_name: 'L1L2', config: { l1: 0.25, l2: 0.5 } },
    { kind: 'l1l2', l1: 0.25, l2: 0.5 },
  ],
  [{ class_name: 'L1L2', config: { l1: 0, l2: 0 } }, null],
  [
    { class_name: 'MaxNorm', config: { max_value: 3, axis: 0 } },
    { kind: 'maxNorm', maxValue: 3, axis: [0] },
  ],
  [{ class_name: 'NonNeg', config: {} }, { kind: 'nonNeg' }],
])('%j is read as %j', (written, setting) => {
  expect(settingFrom(written)).toEqual(setting);
});

it.each([3, [], { config: {} }, { class_name: 7 }])('%j is left for the check to refuse', (written) => {
  expect(settingFrom(written)).toBe(written);
});

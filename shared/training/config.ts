import { z } from 'zod';

import { choice, int, type ValuesOf } from '../layers/params.ts';
import { checkParams, completeParams, initialParams, receivedText } from '../layers/paramValues.ts';
import { problem, type Problem, type Result } from '../problem.ts';
import { optimizers, optimizerSpec, type OptimizerConfig } from './optimizers.ts';

/** TensorFlow.js's names. */
export const losses = ['categoricalCrossentropy', 'meanSquaredError'] as const;

/** The settings of a training besides its optimizer. */
export const trainingParams = {
  loss: choice({
    options: losses,
    default: 'categoricalCrossentropy',
    label: { en: 'Loss', 'zh-TW': '損失函數' },
    help: {
      en: 'What is made small. Cross-entropy for classes with softmax at the end; squared error otherwise.',
      'zh-TW': '要縮小的量。分類且最後為 softmax 時用交叉熵；否則用均方誤差。',
    },
  }),
  batchSize: int({
    min: 1,
    max: 65_536,
    default: 128,
    label: { en: 'Batch size', 'zh-TW': '批次大小' },
    help: {
      en: 'Pictures in each step. Larger is steadier and uses the machine better, but takes more memory and fewer steps.',
      'zh-TW': '每一步的圖片數。越大越穩、越能發揮硬體，但更吃記憶體、步數也更少。',
    },
  }),
  epochs: int({
    min: 1,
    max: 100_000,
    default: 5,
    label: { en: 'Epochs', 'zh-TW': '訓練回合' },
    help: {
      en: 'How often the whole training set is gone through.',
      'zh-TW': '整個訓練集要看過幾遍。',
    },
  }),
  seed: int({
    min: 0,
    max: 2_147_483_647,
    default: 42,
    label: { en: 'Seed', 'zh-TW': '亂數種子' },
    help: {
      en: 'Initial weights, order of the pictures and dropout follow from it: the same seed gives the same curve.',
      'zh-TW': '初始權重、圖片順序與丟棄都由它決定：種子相同，曲線相同。',
    },
  }),
} as const;

export type TrainingConfig = ValuesOf<typeof trainingParams> & { readonly optimizer: OptimizerConfig };

export function defaultOptimizer(kind: string): OptimizerConfig {
  return { kind, ...initialParams(optimizerSpec(kind).params) };
}

export const defaultTraining: TrainingConfig = {
  optimizer: defaultOptimizer('adam'),
  loss: 'categoricalCrossentropy',
  batchSize: 128,
  epochs: 5,
  seed: 42,
};

const given = z.record(z.string(), z.unknown());

/** Checks a project file's `training`; what is missing takes its default. */
export function parseTraining(value: unknown): Result<TrainingConfig> {
  const parsed = given.safeParse(value);
  if (!parsed.success) return { ok: false, problems: [invalid('training', value)] };
  const { optimizer = {}, ...rest } = parsed.data;
  const problems: Problem[] = [];
  const settings = checkParams(trainingParams, rest, 'training');
  if (!settings.ok) problems.push(...settings.problems);
  const parsedOptimizer = given.safeParse(optimizer);
  if (!parsedOptimizer.success)
    return { ok: false, problems: [...problems, invalid('optimizer', optimizer)] };
  const { kind = 'adam', ...params } = parsedOptimizer.data;
  const spec = typeof kind === 'string' ? optimizers.get(kind) : undefined;
  if (typeof kind !== 'string' || spec === undefined) {
    const expected = [...optimizers.keys()].join(', ');
    const received = receivedText(kind);
    return {
      ok: false,
      problems: [...problems, problem('unknown-optimizer', { received, expected }, { expected, received })],
    };
  }
  const checked = checkParams(spec.params, params, kind);
  if (!checked.ok) problems.push(...checked.problems);
  if (!settings.ok || !checked.ok) return { ok: false, problems };
  return {
    ok: true,
    value: {
      optimizer: { kind, ...completeParams(spec.params, checked.params) },
      ...(completeParams(trainingParams, settings.params) as ValuesOf<typeof trainingParams>),
    },
  };
}

function invalid(owner: string, value: unknown): Problem {
  return problem('not-an-object', { owner, received: receivedText(value) });
}

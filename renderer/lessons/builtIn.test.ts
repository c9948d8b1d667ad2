import { describe, expect, it } from 'vitest';

import lecture from '../../shared/lecture/lecture.json' with { type: 'json' };
import { evaluate, type LessonValue } from '../../shared/lessons/evaluate.ts';
import { parseExpression } from '../../shared/lessons/expression.ts';
import { pristineCanvases, type Lesson } from '../../shared/lessons/parseLesson.ts';
import type { Block } from '../../shared/lessons/tree.ts';
import { builtInLessons } from './builtIn.ts';

function surroundings(lesson: Lesson) {
  const canvases = pristineCanvases(lesson);
  return {
    accuracy: 0.99,
    canvas: (name: string | null) => canvases.get(name ?? lesson.projects[0]?.name ?? ''),
  };
}

/** What an expression comes to in a lesson as it is in its folder. */
function valueOf(id: string, source: string): LessonValue | null {
  const lesson = builtInLessons.find((one) => one.id === id)!;
  return evaluate(parseExpression(source)!, surroundings(lesson));
}

const shape = (...sides: number[]) => expect.objectContaining({ type: 'shape', shape: sides }) as unknown;
const number = (value: number) => ({ type: 'number', value });

/** Everything in a tree that has a type of this name. */
function all(tree: unknown, type: string): readonly Record<string, unknown>[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const inner = Object.values(tree).flatMap((child) => all(child, type));
  return 'type' in tree && tree.type === type ? [{ ...tree }, ...inner] : inner;
}

describe.each(builtInLessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_id, lesson) => {
  it('has the same parts, numbers and exercises in both languages', () => {
    const outline = (blocks: readonly Block[] = []) =>
      blocks.map((block) =>
        block.type === 'exercise' ? `${block.type} ${block.exercise.kind} ${block.exercise.id}` : block.type,
      );
    const sources = (blocks: readonly Block[] = []) =>
      all(blocks, 'value')
        .map(({ source }) => source)
        .sort();
    expect(outline(lesson.texts['zh-TW']?.blocks)).toEqual(outline(lesson.texts.en?.blocks));
    expect(sources(lesson.texts['zh-TW']?.blocks)).toEqual(sources(lesson.texts.en?.blocks));
    expect(lesson.texts.en?.exercises.length).toBeGreaterThan(0);
  });

  it('asks for no number that its own canvas cannot give', () => {
    const values = Object.values(lesson.texts).flatMap(({ blocks }) => all(blocks, 'value'));
    for (const value of values) {
      const source = String(value['source']);
      const expression = parseExpression(source)!;
      expect(evaluate(expression, surroundings(lesson)), source).not.toBeNull();
    }
  });
});

describe('the numbers of the lecture', () => {
  it.each([
    ['06-alexnet', 0],
    ['07-one-by-one', 1],
    ['08-dense-as-convolution', 2],
  ] as const)('%s', (id, at) => {
    const { batch, input, kernel, output } = lecture.shapeExamples[at]!;
    expect(valueOf(id, 'batchInput conv2d_1')).toEqual(shape(batch, ...input));
    expect(valueOf(id, 'kernel conv2d_1')).toEqual(shape(...kernel));
    expect(valueOf(id, 'batchShape conv2d_1')).toEqual(shape(batch, ...output));
  });

  it('LeNet-5 goes 32 → 28 → 14 → 10 → 5 → 1', () => {
    const layers = ['input_1', 'conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2', 'conv2d_3'];
    expect(layers.map((id) => valueOf('09-lenet-5', `height ${id}`))).toEqual(
      lecture.chain.sizes.map(number),
    );
  });

  it('the example of a convolution has its shape and its calculation', () => {
    const { outputShape } = lecture.convolutionStepByStep;
    expect(valueOf('02-convolution', 'shape conv2d_1')).toEqual(shape(...outputShape));
    expect(valueOf('02-convolution', 'arithmetic conv2d_1')).toEqual({
      type: 'arithmetic',
      text: '(5 − 3 + 2·1)/2 + 1 = 3',
    });
  });
});

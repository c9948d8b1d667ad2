import { evaluate, layerOf, sameValue, type LessonValue, type Surroundings } from './evaluate.ts';
import type { Exercise, Goal } from './exercise.ts';
import { countMistakes, lengthMistakes, readShape, shapeMistakes, type Mistake } from './mistakes.ts';
import type { Inline } from './inline.ts';

/** How an answer was found. */
export interface Verdict {
  readonly isRight: boolean;
  readonly mistakes: readonly Mistake[];
  /** What the lesson itself says to this answer. */
  readonly remark: readonly Inline[];
}

/** How far a network that is built has come: one of its goals, and what it comes to now. */
export interface GoalState {
  readonly goal: Goal;
  readonly isReached: boolean;
  readonly now: LessonValue | null;
  readonly wanted: LessonValue | null;
}

const verdict = (mistakes: readonly Mistake[], remark: readonly Inline[] = []): Verdict => ({
  isRight: mistakes.length === 0,
  mistakes,
  remark,
});

/** A number as people type it: `61 706`, `61,706`, `−3`; null where it is none. */
export function readNumber(answer: string): number | null {
  const clean = answer
    .trim()
    .replaceAll(/[\s\u202f\u00a0_]/g, '')
    .replaceAll(/,(?=\d{3}(\D|$))/g, '')
    .replace('−', '-');
  return /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : null;
}

/** Checks a typed answer, or the index of the chosen option; says what led to a wrong one. */
export function checkAnswer(exercise: Exercise, answer: string, around: Surroundings): Verdict {
  if (exercise.kind === 'build')
    return {
      isRight: goalStates(exercise.goals, around).every(({ isReached }) => isReached),
      mistakes: [],
      remark: [],
    };
  if (exercise.kind === 'choose') {
    const option = exercise.options[Number(answer)];
    return { isRight: option?.isRight === true, mistakes: [], remark: option?.why ?? [] };
  }
  if (exercise.kind === 'shape') {
    const layer = layerOf(exercise, around);
    const shape = readShape(answer);
    if (shape === null) return verdict([{ code: 'no-shape', values: {} }]);
    const batch = around.canvas(exercise.project)?.document.training.batchSize ?? 1;
    return verdict(
      layer === undefined ? [{ code: 'not-computed', values: {} }] : shapeMistakes(layer, shape, batch),
    );
  }
  const given = readNumber(answer);
  if (given === null) return verdict([{ code: 'no-number', values: {} }]);
  if (exercise.kind === 'size') return verdict(lengthMistakes(exercise.window, given));
  if (exercise.kind === 'count') {
    const layer = layerOf(exercise, around);
    return verdict(
      layer === undefined
        ? [{ code: 'not-computed', values: {} }]
        : countMistakes(layer, exercise.counted, given),
    );
  }
  const right = evaluate(exercise.answer, around);
  if (right?.type !== 'number') return verdict([{ code: 'not-computed', values: {} }]);
  if (isNear(given, right.value)) return verdict([]);
  const known = exercise.mistakes.find(({ answer: wrong }) => {
    const value = evaluate(wrong, around);
    return value?.type === 'number' && isNear(given, value.value);
  });
  if (known !== undefined) return { isRight: false, mistakes: [], remark: known.text };
  return verdict([{ code: given > right.value ? 'larger' : 'smaller', values: { answer } }]);
}

/** Whole numbers are to be exact; of others, three digits are enough. */
function isNear(given: number, right: number): boolean {
  return Number.isInteger(right) ? given === right : Math.abs(given - right) <= Math.abs(right) * 0.005;
}

/** What each goal comes to on the canvas as it is. */
export function goalStates(goals: readonly Goal[], around: Surroundings): readonly GoalState[] {
  return goals.map((goal) => {
    const [now, wanted] = [evaluate(goal.left, around), evaluate(goal.right, around)];
    return { goal, now, wanted, isReached: now !== null && wanted !== null && holds(goal, now, wanted) };
  });
}

function holds({ comparison }: Goal, now: LessonValue, wanted: LessonValue): boolean {
  if (comparison === '=') return sameValue(now, wanted);
  if (comparison === '≠') return !sameValue(now, wanted);
  if (now.type !== 'number' || wanted.type !== 'number') return false;
  const [a, b] = [now.value, wanted.value];
  return { '<': a < b, '≤': a <= b, '>': a > b, '≥': a >= b }[comparison];
}

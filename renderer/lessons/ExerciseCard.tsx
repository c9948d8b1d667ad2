import { Button, Radio, TextInput } from '@mantine/core';
import { CircleCheck, CircleDashed, Dices } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { slideWindow, type Window } from '../../shared/layers/window.ts';
import { checkAnswer, goalStates, type Verdict } from '../../shared/lessons/checkAnswer.ts';
import type { Exercise } from '../../shared/lessons/exercise.ts';
import { randomWindow } from '../../shared/lessons/randomWindow.ts';
import { InlineText, ValueText } from './InlineText.tsx';
import { useLesson } from './LessonContext.ts';
import { markDone, useLessonProgress } from './lessonState.ts';

/** A question with its field, what is said to the answer, and whether it was done. */
export function ExerciseCard({ exercise }: { readonly exercise: Exercise }) {
  const { t } = useTranslation();
  const { lesson } = useLesson();
  const isDone = useLessonProgress(({ done }) => done.includes(`${lesson.id}/${exercise.id}`));
  const [other, setOther] = useState<Window | null>(null);
  const Icon = isDone ? CircleCheck : CircleDashed;
  const asked = other === null || exercise.kind !== 'size' ? exercise : withWindow(exercise, other);
  return (
    <section className="lesson-exercise" data-done={isDone} aria-label={t('lessons.exercise')}>
      <h4>
        <Icon size={17} aria-hidden="true" /> {t('lessons.exercise')}
      </h4>
      <p>
        {other === null ? (
          <InlineText content={exercise.question} />
        ) : (
          t('lessons.sizeQuestion', {
            input: other.input,
            kernel: other.size,
            padding: other.padding,
            stride: other.stride,
          })
        )}
      </p>
      {asked.kind === 'build' ? (
        <Goals exercise={asked} />
      ) : (
        // An answer belongs to the numbers that it was given to.
        <Question key={JSON.stringify(other)} exercise={asked} />
      )}
      {exercise.kind === 'size' && exercise.random && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Dices size={14} aria-hidden="true" />}
          onClick={() => setOther(randomWindow(Math.random))}
        >
          {t('lessons.otherNumbers')}
        </Button>
      )}
      {exercise.hint.length > 0 && (
        <details>
          <summary>{t('lessons.hint')}</summary>
          <InlineText content={exercise.hint} />
        </details>
      )}
    </section>
  );
}

/** The same exercise with other numbers, whose calculation is the explanation. */
function withWindow(exercise: Exercise & { readonly kind: 'size' }, window: Window): Exercise {
  const why = [{ type: 'text', text: `${slideWindow(window).arithmetic}.` }] as const;
  return { ...exercise, window, why };
}

function Question({ exercise }: { readonly exercise: Exercise }) {
  const { t } = useTranslation();
  const { lesson, around } = useLesson();
  const [answer, setAnswer] = useState('');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const check = (given: string) => {
    if (given.trim() === '') return;
    const found = checkAnswer(exercise, given, around);
    setVerdict(found);
    if (found.isRight) markDone(lesson.id, exercise.id);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        check(answer);
      }}
    >
      {exercise.kind === 'choose' ? (
        <Radio.Group
          aria-label={t('lessons.answer')}
          value={answer}
          onChange={(value) => {
            setAnswer(value);
            check(value);
          }}
        >
          {exercise.options.map((option, index) => (
            <Radio key={index} value={String(index)} label={<InlineText content={option.text} />} />
          ))}
        </Radio.Group>
      ) : (
        <div className="lesson-answer">
          <TextInput
            aria-label={t('lessons.answer')}
            placeholder={t('lessons.answer')}
            value={answer}
            onChange={(event) => {
              setAnswer(event.currentTarget.value);
              setVerdict(null);
            }}
          />
          <Button type="submit" size="compact-md">
            {t('lessons.check')}
          </Button>
        </div>
      )}
      <div role="status" className="lesson-verdict" data-right={verdict?.isRight}>
        {verdict !== null && (
          <>
            <strong>{verdict.isRight ? t('lessons.right') : t('lessons.wrong')}</strong>{' '}
            {verdict.mistakes.map(({ code, values }) => t(`lessons.mistake.${code}`, values)).join(' ')}
            <InlineText content={verdict.remark} /> {verdict.isRight && <InlineText content={exercise.why} />}
          </>
        )}
      </div>
    </form>
  );
}

function Goals({ exercise }: { readonly exercise: Exercise & { readonly kind: 'build' } }) {
  const { t } = useTranslation();
  const { lesson, around } = useLesson();
  const states = goalStates(exercise.goals, around);
  const isDone = states.every(({ isReached }) => isReached);
  useEffect(() => {
    if (isDone) markDone(lesson.id, exercise.id);
  }, [isDone, lesson.id, exercise.id]);
  return (
    <>
      <ul className="lesson-goals">
        {states.map(({ goal, isReached, now }, index) => (
          <li key={index} data-reached={isReached}>
            {isReached ? (
              <CircleCheck size={15} aria-label={t('lessons.reached')} />
            ) : (
              <CircleDashed size={15} aria-label={t('lessons.missing')} />
            )}
            <span>
              <InlineText content={goal.text} />{' '}
              <span className="lesson-now">
                {t('lessons.goal', { now: '' })}
                <ValueText value={now} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p role="status" className="lesson-verdict" data-right={isDone}>
        {isDone ? (
          <>
            <strong>{t('lessons.right')}</strong> <InlineText content={exercise.why} />
          </>
        ) : (
          t('lessons.buildHint')
        )}
      </p>
    </>
  );
}

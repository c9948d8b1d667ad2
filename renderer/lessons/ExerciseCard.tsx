import { Button, Radio, TextInput } from '@mantine/core';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { checkAnswer, goalStates, type Verdict } from '../../shared/lessons/checkAnswer.ts';
import type { Exercise } from '../../shared/lessons/exercise.ts';
import { InlineText, ValueText } from './InlineText.tsx';
import { useLesson } from './LessonContext.ts';
import { markDone, useLessons } from './lessonState.ts';

/** A question with its field, what is said to the answer, and whether it was done. */
export function ExerciseCard({ exercise }: { readonly exercise: Exercise }) {
  const { t } = useTranslation();
  const { lesson } = useLesson();
  const isDone = useLessons(({ done }) => done.includes(`${lesson.id}/${exercise.id}`));
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <section className="lesson-exercise" data-done={isDone} aria-label={t('lessons.exercise')}>
      <h4>
        <Icon size={17} aria-hidden="true" /> {t('lessons.exercise')}
      </h4>
      <p>
        <InlineText content={exercise.question} />
      </p>
      {exercise.kind === 'build' ? <Goals exercise={exercise} /> : <Question exercise={exercise} />}
      {exercise.hint.length > 0 && (
        <details>
          <summary>{t('lessons.hint')}</summary>
          <InlineText content={exercise.hint} />
        </details>
      )}
    </section>
  );
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

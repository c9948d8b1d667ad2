import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Answer } from '../../shared/results/results.ts';
import { lookAtOther } from '../digit/pad.ts';
import { drawPicture } from '../interpretation/drawPicture.ts';
import { useLookAt, type LookedPicture } from '../interpretation/lookAt.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import { testPictures } from '../interpretation/usePicture.ts';
import { showTab } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { accuracyText } from '../training/values.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import type { Cell, Results } from './useEvaluation.ts';

const page = 24;
/** As many as can be asked for at once. */
const most = 384;

interface Props {
  readonly results: Pick<Results, 'classes' | 'answers' | 'mistakes'>;
  /** Whose pictures are shown; null for the most confident mistakes. */
  readonly cell: Cell | null;
  onMistakes(): void;
}

/** Test pictures with what they are and what they were taken for, the most confident answer first. */
export function ResultPictures({ results: { classes, answers, mistakes }, cell, onMistakes }: Props) {
  const { t } = useTranslation();
  const dataset = useDocument(({ document }) => document.dataset?.kind ?? null);
  const [count, setCount] = useState(page);
  const all = useMemo(() => (cell === null ? mistakes : answersIn(answers, cell)), [answers, mistakes, cell]);
  const shown = useMemo(() => all.slice(0, count), [all, count]);
  const question = useMemo(() => {
    if (dataset === null || shown.length === 0) return null;
    return testPictures(
      dataset,
      shown.map(({ index }) => index),
    );
  }, [dataset, shown]);
  const { data, problems } = useLatestAnswer(question);
  const pictures = new Map(
    (data ?? []).map((picture) => [picture.origin.type === 'test' ? picture.origin.index : -1, picture]),
  );
  const title =
    cell === null
      ? t('results.mistakes')
      : t(cell.row === cell.column ? 'results.rightIn' : 'results.mistakenIn', {
          truth: classes[cell.row],
          predicted: classes[cell.column],
        });
  return (
    <section className="results-part results-pictures" aria-label={title}>
      <div className="results-part-head">
        <h3>{title}</h3>
        {cell !== null && (
          <Button size="compact-xs" variant="default" onClick={onMistakes}>
            {t('results.backToMistakes')}
          </Button>
        )}
      </div>
      {problems.map((problem) => (
        <p key={problem.code} role="alert">
          <ProblemText problem={problem} />
        </p>
      ))}
      {all.length === 0 ? (
        <p className="soft results-note">{t(cell === null ? 'results.noMistake' : 'results.noPicture')}</p>
      ) : (
        <ul className="results-list">
          {shown.map((answer) => (
            <li key={answer.index}>
              <PictureButton answer={answer} classes={classes} picture={pictures.get(answer.index) ?? null} />
            </li>
          ))}
        </ul>
      )}
      {count < Math.min(all.length, most) && (
        <Button size="compact-xs" variant="default" onClick={() => setCount(count + page)}>
          {t('results.more', { shown: shown.length, count: all.length })}
        </Button>
      )}
    </section>
  );
}

function answersIn(answers: readonly Answer[], { row, column }: Cell): readonly Answer[] {
  return answers
    .filter(({ label, predicted }) => label === row && predicted === column)
    .toSorted((a, b) => b.probability - a.probability);
}

interface PictureButtonProps {
  readonly answer: Answer;
  readonly classes: readonly string[];
  readonly picture: LookedPicture | null;
}

function PictureButton({ answer, classes, picture }: PictureButtonProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const origin = useLookAt((state) => state.picture?.origin);
  useEffect(() => {
    if (picture !== null && canvas.current !== null) drawPicture(canvas.current, picture);
  }, [picture]);
  const truth = classes[answer.label] ?? '';
  const predicted = classes[answer.predicted] ?? '';
  const probability = accuracyText(answer.probability);
  return (
    <button
      type="button"
      className="results-picture"
      title={t('results.lookAt')}
      aria-label={t('results.picture', { index: answer.index, truth, predicted, probability })}
      aria-pressed={origin?.type === 'test' && origin.index === answer.index}
      onClick={() => {
        // The pad is emptied: what was drawn on it before is not what is answered.
        if (picture !== null) lookAtOther(picture);
        showTab('digit');
      }}
      disabled={picture === null}
    >
      <canvas ref={canvas} width={28} height={28} aria-hidden />
      <span className="results-verdict" aria-hidden>
        {answer.label === answer.predicted ? predicted : `${truth} → ${predicted}`}
      </span>
      <span className="soft" aria-hidden>
        {probability}
      </span>
    </button>
  );
}

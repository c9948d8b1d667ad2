import './results.css';

import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useTrainAction } from '../training/useTrainAction.ts';
import { accuracyText, lossText } from '../training/values.ts';
import { grouped } from '../ui/numbers.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { Calibration } from './Calibration.tsx';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { EngineTable } from './EngineTable.tsx';
import { ResultPictures } from './ResultPictures.tsx';
import { useWeightsText } from '../interpretation/weightsText.ts';
import { useEvaluation, type Cell, type Evaluation, type Results } from './useEvaluation.ts';

/** How well the weights that are looked at do on the whole test set, and where they fail. */
export function ResultsPanel() {
  const evaluation = useEvaluation();
  const { results, problems, isBusy } = evaluation;
  return (
    <div className="results">
      <Head evaluation={evaluation} />
      {problems.length > 0 && (
        <div role="alert" className="results-refused">
          {problems.map((problem, index) => (
            <p key={`${String(index)} ${problem.code}`}>
              <ProblemText problem={problem} />
            </p>
          ))}
        </div>
      )}
      {results === null || isBusy ? null : <Body evaluation={evaluation} results={results} />}
    </div>
  );
}

function Head({ evaluation }: { readonly evaluation: Evaluation }) {
  const { t } = useTranslation();
  const { model, results, isBusy, problems, evaluate } = evaluation;
  const { does, act } = useTrainAction();
  const isUntrained = model.run === null;
  const isOffered = !isBusy && (model.isLive || (isUntrained && results === null) || problems.length > 0);
  return (
    <header className="results-head">
      <strong>{useWeightsText(model)}</strong>
      <p className="results-status" role="status">
        {isBusy && (
          <>
            <Loader size={13} aria-hidden /> {t('results.busy')}
          </>
        )}
        {results !== null &&
          t('results.summary', {
            accuracy: accuracyText(results.accuracy, 2),
            right: grouped(results.answers.length - results.mistakes.length),
            all: grouped(results.answers.length),
            loss: lossText(results.loss),
            seconds: results.seconds.toFixed(1),
          })}
      </p>
      {isUntrained && !isBusy && results === null && <p className="soft">{t('results.untrained')}</p>}
      {isUntrained && does === 'train' && (
        <Button size="compact-xs" onClick={act}>
          {t('training.train')}
        </Button>
      )}
      {isOffered && (
        <Button size="compact-xs" variant="default" onClick={evaluate}>
          {t(problems.length > 0 ? 'results.again' : isUntrained ? 'results.anyway' : 'results.now')}
        </Button>
      )}
    </header>
  );
}

function Body({ evaluation, results }: { readonly evaluation: Evaluation; readonly results: Results }) {
  const { run, epoch, isLive, source } = evaluation.model;
  const [cell, setCell] = useState<Cell | null>(null);
  return (
    <div className="results-body">
      <ConfusionMatrix results={results} chosen={cell} onChoose={setCell} />
      <ResultPictures
        // Another choice starts at its first pictures.
        key={cell === null ? '' : `${String(cell.row)} ${String(cell.column)}`}
        results={results}
        cell={cell}
        onMistakes={() => setCell(null)}
      />
      <ClassTable results={results} />
      <Calibration results={results} />
      {/* Weights of a training under way are in its process alone. */}
      {!isLive && <EngineTable key={`${run?.runId ?? ''} ${String(epoch)}`} source={source} />}
    </div>
  );
}

import './problems.css';

import { CircleAlert, CircleArrowRight, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { compareStandings, type Standing } from '../../shared/graph/standing.ts';
import type { Problem } from '../../shared/problem.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { selectAndReveal } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { ProblemText, StandingText } from '../ui/ProblemText.tsx';
import { FixButtons } from './FixButtons.tsx';
import { useStanding } from './standing.ts';

/** All that is wrong, errors first, and what is left to do: a click shows the layer, a button mends it. */
export function ProblemsPanel() {
  const { t } = useTranslation();
  const problems = useTrainingProblems();
  const standing = useStanding();
  const empty = useDocument(({ document }) => document.nodes.length === 0);
  if (problems.length === 0) {
    return <p className="problems-none soft">{t(empty ? 'problems.emptyCanvas' : 'problems.none')}</p>;
  }
  const sorted = [...problems].sort((a, b) => compareStandings(standing(a), standing(b)));
  return (
    <ul className="problems" aria-label={t('problems.label')}>
      {sorted.map((problem, index) => (
        // The same sentence may stand twice; the order is steady.
        <li key={`${String(index)} ${problem.message}`}>
          <ProblemRow problem={problem} standing={standing(problem)} />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  readonly problem: Problem;
  readonly standing: Standing;
}

function ProblemRow({ problem, standing }: RowProps) {
  const { t } = useTranslation();
  const { nodeId } = problem;
  return (
    <div className="problem-row" data-severity={standing}>
      <StandingIcon standing={standing} />
      {nodeId === undefined ? (
        <span className="problem-layer soft">{t('problems.network')}</span>
      ) : (
        <button
          type="button"
          className="problem-layer"
          aria-label={t('problems.show', { layer: nodeId })}
          onClick={() => selectAndReveal(nodeId)}
        >
          {nodeId}
        </button>
      )}
      <div
        className="problem-sentence"
        // The button beside does the same for those without a mouse.
        onClick={() => {
          if (nodeId !== undefined) selectAndReveal(nodeId);
        }}
      >
        <ProblemText problem={problem} />
      </div>
      <FixButtons problem={problem} />
    </div>
  );
}

const icons = { error: CircleAlert, warning: TriangleAlert, step: CircleArrowRight } as const;

export function StandingIcon({ standing }: { readonly standing: Standing }) {
  const Icon = icons[standing];
  return (
    <span className="severity" data-severity={standing}>
      <Icon size={15} aria-hidden="true" />
      <span className="visually-hidden">
        <StandingText standing={standing} />
      </span>
    </span>
  );
}

import './problems.css';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../shared/problem.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { selectAndReveal } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { ProblemText, SeverityText } from '../ui/ProblemText.tsx';
import { FixButtons } from './FixButtons.tsx';

/** All that is wrong, errors first: a click shows the layer, a button mends it. */
export function ProblemsPanel() {
  const { t } = useTranslation();
  const problems = useTrainingProblems();
  const empty = useDocument(({ document }) => document.nodes.length === 0);
  if (problems.length === 0) {
    return <p className="problems-none soft">{t(empty ? 'problems.emptyCanvas' : 'problems.none')}</p>;
  }
  const sorted = [...problems].sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <ul className="problems" aria-label={t('problems.label')}>
      {sorted.map((problem, index) => (
        // The same sentence may stand twice; the order is steady.
        <li key={`${String(index)} ${problem.message}`}>
          <ProblemRow problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  const { nodeId, severity } = problem;
  return (
    <div className="problem-row" data-severity={severity}>
      <SeverityIcon severity={severity} />
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

export function SeverityIcon({ severity }: { readonly severity: Problem['severity'] }) {
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <span className="severity" data-severity={severity}>
      <Icon size={15} aria-hidden="true" />
      <span className="visually-hidden">
        <SeverityText severity={severity} />
      </span>
    </span>
  );
}

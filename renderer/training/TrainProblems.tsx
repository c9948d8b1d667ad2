import { useTranslation } from 'react-i18next';

import { FixButtons } from '../problems/FixButtons.tsx';
import { StandingIcon } from '../problems/ProblemsPanel.tsx';
import { useStanding } from '../problems/standing.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { selectAndReveal } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { ProblemText } from '../ui/ProblemText.tsx';

/** Why Train cannot be pressed, with what would mend it. */
export function TrainProblems() {
  const { t } = useTranslation();
  const problems = useTrainingProblems();
  const standing = useStanding();
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (isEmpty) return <p className="soft train-why">{t('training.needsLayers')}</p>;
  if (errors.length === 0) return null;
  return (
    <ul className="train-problems" aria-label={t('training.blocked')}>
      {errors.map((problem) => (
        <li key={`${problem.code} ${problem.message}`}>
          <p>
            <StandingIcon standing={standing(problem)} />
            {problem.nodeId === undefined ? (
              <span>
                <ProblemText problem={problem} />
              </span>
            ) : (
              <button
                type="button"
                className="plain-button"
                onClick={() => selectAndReveal(problem.nodeId ?? '')}
              >
                <ProblemText problem={problem} />
              </button>
            )}
          </p>
          <FixButtons problem={problem} limit={3} />
        </li>
      ))}
    </ul>
  );
}

import { useTranslation } from 'react-i18next';

import { FixButtons } from '../problems/FixButtons.tsx';
import { StandingIcon } from '../problems/ProblemsPanel.tsx';
import { useStanding } from '../problems/standing.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { ProblemText } from '../ui/ProblemText.tsx';

/** What is wrong with a layer, or left to do for it; without an id, what concerns the network as a whole. */
export function OwnProblems({ id }: { readonly id?: string }) {
  const { t } = useTranslation();
  const problems = useTrainingProblems().filter(({ nodeId }) => nodeId === id);
  const standing = useStanding();
  if (problems.length === 0) return null;
  return (
    <ul className="inspector-problems" aria-label={t('inspector.problems')}>
      {problems.map((problem) => (
        <li key={problem.message} data-severity={standing(problem)}>
          <StandingIcon standing={standing(problem)} />
          <div>
            <ProblemText problem={problem} />
            <FixButtons problem={problem} />
          </div>
        </li>
      ))}
    </ul>
  );
}

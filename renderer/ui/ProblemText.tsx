import { useTranslation } from 'react-i18next';

import type { Standing } from '../../shared/graph/standing.ts';
import type { Fix, Problem } from '../../shared/problem.ts';
import { useFixText, useProblemText } from './problemTexts.ts';

/** A problem's sentence in the reader's language. */
export function ProblemText({ problem }: { readonly problem: Problem }) {
  return <>{useProblemText()(problem)}</>;
}

/** What a fix does, in the reader's language. */
export function FixText({ fix }: { readonly fix: Pick<Fix, 'id' | 'values'> }) {
  return <>{useFixText()(fix)}</>;
}

/** “Error”, “Warning” or “Next step”, for those who do not see the colour. */
export function StandingText({ standing }: { readonly standing: Standing }) {
  const { t } = useTranslation();
  return <>{t(`problems.${standing}`)}</>;
}

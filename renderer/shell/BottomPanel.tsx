import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemsPanel } from '../problems/ProblemsPanel.tsx';
import { useStanding } from '../problems/standing.ts';
import { useTrainingProblems } from '../state/analysis.ts';
import { showTab, togglePanel, useApp } from '../state/app.ts';
import { RunsPanel } from '../training/RunsPanel.tsx';
import { TrainPanel } from '../training/TrainPanel.tsx';

const tabs = ['train', 'problems', 'analysis', 'runs', 'code', 'digit', 'results', 'explain'] as const;

/** The table's library comes when its tab is opened. */
const AnalysisPanel = lazy(async () => ({
  default: (await import('../analysis/AnalysisPanel.tsx')).AnalysisPanel,
}));
/** With its colours and comparisons it is the page's largest part that most visits do without. */
const CodePanel = lazy(async () => ({ default: (await import('../code/CodePanel.tsx')).CodePanel }));
const DigitPanel = lazy(async () => ({ default: (await import('../digit/DigitPanel.tsx')).DigitPanel }));

const ResultsPanel = lazy(async () => ({
  default: (await import('../results/ResultsPanel.tsx')).ResultsPanel,
}));

const ExplainPanel = lazy(async () => ({
  default: (await import('../explain/ExplainPanel.tsx')).ExplainPanel,
}));

/** Training, problems, runs, code, results. */
export function BottomPanel() {
  const { t } = useTranslation();
  const tab = useApp((state) => state.bottomTab);
  const standings = useTrainingProblems().map(useStanding());
  const errors = standings.includes('error');
  // What is only left to do is listed, and is no problem.
  const count = standings.filter((standing) => standing !== 'step').length;
  return (
    <Tabs
      className="bottom-panel"
      value={tab}
      onChange={(value) => showTab(tabs.find((one) => one === value) ?? 'train')}
      keepMounted={false}
    >
      <div className="bottom-tabs">
        <Tabs.List aria-label={t('app.lowerPanel')}>
          <Tabs.Tab value="train">{t('app.tabTrain')}</Tabs.Tab>
          <Tabs.Tab value="problems" data-errors={errors}>
            {count === 0 ? t('problems.label') : t('problems.tab', { count })}
          </Tabs.Tab>
          <Tabs.Tab value="analysis">{t('analysis.tab')}</Tabs.Tab>
          <Tabs.Tab value="runs">{t('app.tabRuns')}</Tabs.Tab>
          <Tabs.Tab value="code">{t('code.label')}</Tabs.Tab>
          <Tabs.Tab value="digit">{t('digit.tab')}</Tabs.Tab>
          <Tabs.Tab value="results">{t('results.tab')}</Tabs.Tab>
          <Tabs.Tab value="explain">{t('explain.tab')}</Tabs.Tab>
        </Tabs.List>
        <Tooltip label={t('commands.bottom')}>
          <ActionIcon aria-label={t('commands.bottom')} onClick={() => togglePanel('bottom')}>
            <ChevronDown size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Tabs.Panel value="train">
        <TrainPanel />
      </Tabs.Panel>
      <Tabs.Panel value="problems">
        <ProblemsPanel />
      </Tabs.Panel>
      <Tabs.Panel value="analysis">
        <Suspense fallback={null}>
          <AnalysisPanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="runs">
        <RunsPanel />
      </Tabs.Panel>
      <Tabs.Panel value="code">
        <Suspense fallback={null}>
          <CodePanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="digit">
        <Suspense fallback={null}>
          <DigitPanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="results">
        <Suspense fallback={null}>
          <ResultsPanel />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="explain">
        <Suspense fallback={null}>
          <ExplainPanel />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

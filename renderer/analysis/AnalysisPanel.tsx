import './analysis.css';

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useAnalysis } from '../state/analysis.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { AnalysisTable } from './AnalysisTable.tsx';
import { AnalysisTools } from './AnalysisTools.tsx';
import { AnalysisTotals } from './AnalysisTotals.tsx';
import { FieldView } from './FieldView.tsx';
import { layerRows } from './rows.ts';

/** Every layer with its shape and what it costs, the totals, and what the selected layer sees of the input. */
export function AnalysisPanel() {
  const { t } = useTranslation();
  const document = useShownDocument();
  const analysis = useAnalysis();
  const rows = useMemo(() => layerRows(document, analysis), [document, analysis]);
  if (rows.length === 0) return <p className="analysis-empty soft">{t('analysis.empty')}</p>;
  return (
    <div className="analysis">
      <div className="analysis-main">
        <AnalysisTools rows={rows} />
        <AnalysisTable rows={rows} />
        <AnalysisTotals />
      </div>
      <FieldView />
    </div>
  );
}

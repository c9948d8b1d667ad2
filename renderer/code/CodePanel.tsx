import './code.css';

import { Button, CopyButton, SegmentedControl } from '@mantine/core';
import { Check, Copy, Download, PackageOpen } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { codeText, frameworks, type Framework } from '../../shared/codegen/code.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { openExport } from '../export/exportDialog.ts';
import { downloadBlob } from '../host/files.ts';
import { analysisOf } from '../state/analysis.ts';
import { setFramework, showTab, useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { changedCount, rowsOf } from './codeChanges.ts';
import { CodeList } from './CodeList.tsx';
import { createCodeMemory } from './codeMemory.ts';

const titles: Readonly<Record<Framework, string>> = { keras: 'Keras', pytorch: 'PyTorch' };
const codeOf = createCodeMemory();

/** The network as source code, live, with what the last change made of it. */
export function CodePanel() {
  const { t } = useTranslation();
  const framework = useApp((state) => state.framework);
  // A change of the network is drawn first; its code comes after.
  const document = useDeferredValue(useDocument((state) => state.document));
  const code = useMemo(() => codeOf(document, analysisOf(document), framework), [document, framework]);
  const rows = useMemo(() => (code === null ? [] : rowsOf(code.lines, code.before)), [code]);
  const changed = changedCount(rows);
  const text = useMemo(() => (code === null ? '' : codeText(code)), [code]);
  const fileName = `${fileNameOf(document.name)}_${framework}.py`;
  return (
    <div className="code-panel">
      <div className="code-bar">
        <SegmentedControl
          size="xs"
          aria-label={t('code.framework')}
          value={framework}
          onChange={(value) => setFramework(frameworks.find((one) => one === value) ?? 'keras')}
          data={frameworks.map((value) => ({ value, label: titles[value] }))}
        />
        <p className="code-changed soft" role="status">
          {code?.isStale === true ? '' : changed > 0 ? t('code.changed', { count: changed }) : ''}
        </p>
        {code?.isStale === true && (
          <p className="code-stale" role="status">
            {t('code.stale')}{' '}
            <button type="button" className="code-link" onClick={() => showTab('problems')}>
              {t('code.problems')}
            </button>
          </p>
        )}
        <div className="code-actions">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                disabled={code === null || code.missing.length > 0}
                leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
                onClick={copy}
              >
                {t(copied ? 'code.copied' : 'code.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="default"
            disabled={code === null || code.missing.length > 0}
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => downloadBlob(fileName, new Blob([text], { type: 'text/x-python' }))}
          >
            {t('code.save')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<PackageOpen size={14} aria-hidden />}
            onClick={() => openExport({ type: 'network', format: framework })}
          >
            {t('code.withWeights')}
          </Button>
        </div>
      </div>
      {code !== null && code.missing.length > 0 ? (
        <p className="code-none soft">{t('code.missing', { layers: code.missing.slice(0, 6).join(', ') })}</p>
      ) : code === null ? (
        <p className="code-none soft">
          {t(document.nodes.length === 0 ? 'code.empty' : 'code.unsound')}{' '}
          {document.nodes.length > 0 && (
            <button type="button" className="code-link" onClick={() => showTab('problems')}>
              {t('code.problems')}
            </button>
          )}
        </p>
      ) : (
        <CodeList rows={rows} isStale={code.isStale} />
      )}
    </div>
  );
}

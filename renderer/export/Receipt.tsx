import { Button, CopyButton } from '@mantine/core';
import { CircleAlert, CircleCheck, Copy, Download, Info } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../shared/problem.ts';
import type { Exported, ExportFormat } from '../../shared/rpc/contract.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { accuracyText, differenceText, sizeText } from '../training/values.ts';

const howTos: Readonly<Record<ExportFormat, string>> = {
  tfjs: `import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
const [, ...shape] = model.inputs[0].shape;
const picture = tf.zeros([1, ...shape]);  // one picture, white on black, 0 to 1
model.predict(picture).print();           // one probability for each class
`,
  keras: `from model import build_model, load_weights

model = build_model()
load_weights(model)            # weights.npz beside it
model.predict(pictures)        # [batch, height, width, channels]
`,
  pytorch: `import torch
from model import build_model, load_weights

model = build_model()
load_weights(model)            # weights.npz beside it
model.eval()
with torch.no_grad():
    model(pictures)            # [batch, channels, height, width]
`,
};

/** How handing the files over went, where the host says. */
type Outcome = { readonly folder: string } | { readonly problems: readonly Problem[] };

/** What was written and how it was checked; the files; how to use them. */
export function Receipt({ exported, name }: { readonly exported: Exported; readonly name: string }) {
  const { t } = useTranslation();
  const host = useHost();
  const { receipt, files, exportId, format } = exported;
  const howTo = howTos[format];
  const { ok, trained, maxAbsDifference, examples, accuracyTrained, accuracyReloaded } = receipt;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const deliver = async () => {
    try {
      const folder = await host.deliverModel(exportId, name);
      setOutcome(folder === null ? null : { folder });
    } catch (error) {
      setOutcome({ problems: problemsOf(error) });
    }
  };
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div className="receipt">
      <p
        className="receipt-verdict"
        data-ok={format === 'tfjs' ? ok : ok ? 'unchecked' : false}
        role="status"
      >
        <VerdictIcon isFine={ok} isChecked={format === 'tfjs'} />
        {format === 'tfjs'
          ? t(ok ? 'export.same' : 'export.differs', { count: examples })
          : t(ok ? 'export.unchecked' : 'export.codeWeightsDiffer')}
      </p>
      <dl className="fact-list">
        <dt>{t('export.weights')}</dt>
        <dd>{t(trained ? 'export.trainedWeights' : 'export.initialWeights')}</dd>
        {format === 'tfjs' && (
          <>
            <dt>{t('export.difference')}</dt>
            <dd>{differenceText(maxAbsDifference)}</dd>
          </>
        )}
        {accuracyTrained !== null && (
          <>
            <dt>{t('export.accuracyBefore', { count: examples })}</dt>
            <dd>{accuracyText(accuracyTrained, 0)}</dd>
          </>
        )}
        {format === 'tfjs' && accuracyReloaded !== null && (
          <>
            <dt>{t('export.accuracyReloaded', { count: examples })}</dt>
            <dd>{accuracyText(accuracyReloaded, 0)}</dd>
          </>
        )}
      </dl>
      <table className="numbers receipt-files">
        <caption>{t('export.files')}</caption>
        <tbody>
          {files.map((file) => (
            <tr key={file.name}>
              <th scope="row">{file.name}</th>
              <td>{sizeText(file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="export-actions">
        <Button
          leftSection={<Download size={16} aria-hidden />}
          onClick={() => void deliver()}
          data-autofocus
        >
          {t('export.download', { size: sizeText(total) })}
        </Button>
      </div>
      {outcome !== null && 'folder' in outcome && (
        <p role="status">{t('export.delivered', { folder: outcome.folder })}</p>
      )}
      {outcome !== null &&
        'problems' in outcome &&
        outcome.problems.map((one) => (
          <p key={one.message} className="run-problem" role="alert">
            <ProblemText problem={one} />
          </p>
        ))}
      <details className="receipt-how">
        <summary>{t('export.howTo')}</summary>
        <pre>{howTo}</pre>
        <CopyButton value={howTo}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<Copy size={13} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'export.copied' : 'export.copy')}
            </Button>
          )}
        </CopyButton>
      </details>
    </div>
  );
}

/** Code is neither found to be right nor wrong here. */
function VerdictIcon({ isFine, isChecked }: { readonly isFine: boolean; readonly isChecked: boolean }) {
  if (!isFine) return <CircleAlert size={18} aria-hidden />;
  return isChecked ? <CircleCheck size={18} aria-hidden /> : <Info size={18} aria-hidden />;
}

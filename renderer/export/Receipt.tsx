import { Button, CopyButton } from '@mantine/core';
import { CircleAlert, CircleCheck, Copy, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Exported } from '../../shared/rpc/contract.ts';
import { useHost } from '../host/HostProvider.tsx';
import { accuracyText, differenceText, sizeText } from '../training/values.ts';

const howTo = `import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
const [, ...shape] = model.inputs[0].shape;
const picture = tf.zeros([1, ...shape]);  // one picture, white on black, 0 to 1
model.predict(picture).print();           // one probability for each class
`;

/** What was written and how it was checked; the files; how to use them. */
export function Receipt({ exported, name }: { readonly exported: Exported; readonly name: string }) {
  const { t } = useTranslation();
  const host = useHost();
  const { receipt, files, exportId } = exported;
  const { ok, trained, maxAbsDifference, examples, accuracyTrained, accuracyReloaded } = receipt;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div className="receipt">
      <p className="receipt-verdict" data-ok={ok} role="status">
        {ok ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
        {ok ? t('export.same', { count: examples }) : t('export.differs', { count: examples })}
      </p>
      <dl className="fact-list">
        <dt>{t('export.weights')}</dt>
        <dd>{t(trained ? 'export.trainedWeights' : 'export.initialWeights')}</dd>
        <dt>{t('export.difference')}</dt>
        <dd>{differenceText(maxAbsDifference)}</dd>
        {accuracyTrained !== null && (
          <>
            <dt>{t('export.accuracyBefore', { count: examples })}</dt>
            <dd>{accuracyText(accuracyTrained, 0)}</dd>
          </>
        )}
        {accuracyReloaded !== null && (
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
          onClick={() => host.downloadModel(exportId, name)}
          data-autofocus
        >
          {t('export.download', { size: sizeText(total) })}
        </Button>
      </div>
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

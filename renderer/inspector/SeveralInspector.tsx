import { Button } from '@mantine/core';
import { Copy, Group, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { SeveralActions } from '../editing/SeveralActions.tsx';
import { useAnalysis } from '../state/analysis.ts';
import { groupSelected } from '../state/blockCommands.ts';
import { duplicateSelected } from '../state/addCommands.ts';
import { removeLayers } from '../state/commands.ts';
import { grouped, short } from '../ui/numbers.ts';

/** What several selected layers come to, and what can be done with them together. */
export function SeveralInspector({ ids }: { readonly ids: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const { layers } = useAnalysis();
  let [params, macs] = [0, 0];
  for (const id of ids) {
    const layer = layers.get(id);
    params += (layer?.params.trainable ?? 0) + (layer?.params.nonTrainable ?? 0);
    macs += layer?.macs ?? 0;
  }
  return (
    <>
      <h2>{t('inspector.several', { count: ids.size })}</h2>
      <dl className="facts">
        <dt>{t('inspector.total')}</dt>
        <dd>{grouped(params)}</dd>
        <dt>{t('inspector.macs')}</dt>
        <dd title={grouped(macs)}>{short(macs)}</dd>
      </dl>
      <div className="inspector-actions">
        <Button
          size="xs"
          variant="default"
          leftSection={<Group size={14} />}
          onClick={() => groupSelected(t('blocks.newName'))}
        >
          {t('blocks.groupSelection')}
        </Button>
        <Button size="xs" variant="default" leftSection={<Copy size={14} />} onClick={duplicateSelected}>
          {t('inspector.duplicate')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Trash2 size={14} />}
          onClick={() => removeLayers(ids)}
        >
          {t('inspector.remove')}
        </Button>
      </div>
      <SeveralActions ids={ids} />
    </>
  );
}

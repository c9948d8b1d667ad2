import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { hasWeights } from '../../shared/graph/sharing.ts';
import { useDocument } from '../state/document.ts';
import { shareLayerWeights, stopSharingWeights, trainWeights } from '../state/weightCommands.ts';

/** Whose weights a layer uses, and whether training changes them. */
export function WeightsOwner({
  node,
  layer,
}: {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
}) {
  const { t } = useTranslation();
  const nodes = useDocument(({ document }) => document.nodes);
  if (!hasWeights(layer)) return null;
  const owners = nodes.filter(
    ({ id, kind, sharedWith }) => kind === node.kind && id !== node.id && sharedWith === undefined,
  );
  const owner = nodes.find(({ id }) => id === node.sharedWith) ?? node;
  const disabled = node.locked === true;
  return (
    <div className="field-row weights-owner">
      {(owners.length > 0 || node.sharedWith !== undefined) && (
        <NativeSelect
          size="xs"
          disabled={disabled}
          label={t('weights.owner')}
          description={t('weights.ownerHelp')}
          data={[
            { value: '', label: t('weights.own') },
            ...owners.map(({ id }) => ({ value: id, label: t('weights.sharedWith', { layer: id }) })),
          ]}
          value={node.sharedWith ?? ''}
          onChange={({ currentTarget: { value } }) =>
            value === '' ? stopSharingWeights(node.id) : shareLayerWeights([value, node.id])
          }
        />
      )}
      <Switch
        size="sm"
        disabled={disabled}
        label={t('weights.train')}
        description={t('weights.trainHelp')}
        checked={owner.trainable !== false}
        onChange={({ currentTarget: { checked } }) => trainWeights(node.id, checked)}
      />
    </div>
  );
}

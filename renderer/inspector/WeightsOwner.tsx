import { NativeSelect, Switch } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Document, DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { hasWeights, possibleOwners } from '../../shared/graph/sharing.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useDocument } from '../state/document.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
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
  const { layers } = useAnalysis();
  // As one text, which is the same as long as they are: ids have no spaces.
  const owners = possibleOwners(useShownDocument(), layers, node).join(' ');
  const trained = useDocument(({ document }) => ownerOf(document, node).trainable !== false);
  if (!hasWeights(layer)) return null;
  const disabled = node.locked === true;
  return (
    <div className="field-row weights-owner">
      {(owners !== '' || node.sharedWith !== undefined) && (
        <OwnerSelect id={node.id} owners={owners} value={node.sharedWith ?? ''} disabled={disabled} />
      )}
      <Switch
        size="sm"
        disabled={disabled}
        label={t('weights.train')}
        description={t('weights.trainHelp')}
        checked={trained}
        onChange={({ currentTarget: { checked } }) => trainWeights(node.id, checked)}
      />
    </div>
  );
}

function ownerOf({ nodes }: Document, node: DocumentNode): DocumentNode {
  return nodes.find(({ id }) => id === node.sharedWith) ?? node;
}

interface OwnerProps {
  readonly id: string;
  readonly owners: string;
  readonly value: string;
  readonly disabled: boolean;
}

/** In a large network there may be hundreds to choose from: not drawn again with each letter that is typed elsewhere. */
const OwnerSelect = memo(function OwnerSelect({ id, owners, value, disabled }: OwnerProps) {
  const { t } = useTranslation();
  const ids = owners === '' ? [] : owners.split(' ');
  return (
    <NativeSelect
      size="xs"
      disabled={disabled}
      label={t('weights.owner')}
      description={t('weights.ownerHelp')}
      data={[
        { value: '', label: t('weights.own') },
        ...ids.map((owner) => ({ value: owner, label: t('weights.sharedWith', { layer: owner }) })),
      ]}
      value={value}
      onChange={({ currentTarget }) =>
        currentTarget.value === '' ? stopSharingWeights(id) : shareLayerWeights([currentTarget.value, id])
      }
    />
  );
});

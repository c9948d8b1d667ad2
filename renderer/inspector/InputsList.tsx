import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentEdge, DocumentNode } from '../../shared/document.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { useAnalysis } from '../state/analysis.ts';
import { connectLayers, disconnectLayers, reconnect } from '../state/commands.ts';
import { steadyList } from '../ui/steadyList.ts';
import { possibleSources } from './sources.ts';

/** Where a layer's data comes from, to be changed without a mouse. */
export function InputsList({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const { topology } = useAnalysis();
  const { max } = layerSpec(node.kind).inputs;
  const incoming = topology.incoming.get(node.id) ?? [];
  const [steady] = useState(steadyList<string>);
  const sources = useMemo(() => steady([...possibleSources(topology, node.id)]), [steady, topology, node.id]);
  if (max === 0) return <p className="soft">{t('inspector.noInputs')}</p>;
  return (
    <div className="inputs">
      {incoming.map((edge, index) => (
        <div key={`${edge.source} ${edge.targetHandle ?? ''}`} className="field-row">
          <SourceSelect
            label={t('inspector.input', { number: index + 1 })}
            value={edge.source}
            sources={sources}
            onChange={(source) => replace(edge, source)}
          />
          <Tooltip label={t('inspector.disconnect', { layer: edge.source })}>
            <ActionIcon
              aria-label={t('inspector.disconnect', { layer: edge.source })}
              onClick={() => disconnectLayers([edge])}
            >
              <Unplug size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      {incoming.length < max && (
        <SourceSelect
          label={t('inspector.addInput')}
          value={null}
          sources={sources}
          onChange={(source) => void connectLayers({ source, target: node.id })}
        />
      )}
    </div>
  );
}

function replace(edge: DocumentEdge, source: string): void {
  if (source !== edge.source) reconnect(edge, { ...edge, source });
}

interface SelectProps {
  readonly label: string;
  readonly value: string | null;
  readonly sources: string[];
  readonly onChange: (source: string) => void;
}

function SourceSelect({ label, value, sources, onChange }: SelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={t('inspector.chooseInput')}
      data={sources}
      value={value}
      searchable
      limit={100}
      allowDeselect={false}
      nothingFoundMessage={t('commands.nothing')}
      onChange={(source) => {
        if (source !== null) onChange(source);
      }}
    />
  );
}

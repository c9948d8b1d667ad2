import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import { hostOfActivation } from '../../shared/graph/activation.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import { completeParams } from '../../shared/layers/paramValues.ts';
import { LayerActions, MarksFields } from '../editing/MarksFields.tsx';
import { useApp } from '../state/app.ts';
import { duplicateSelected } from '../state/addCommands.ts';
import {
  endGesture,
  foldActivationLayer,
  removeLayers,
  renameLayer,
  splitActivationLayer,
} from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { StepButton } from '../lecture/stepper/StepButton.tsx';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { InputFacts } from './InputFacts.tsx';
import { InputsList } from './InputsList.tsx';
import { BlockOfLayer } from '../blocks/BlockOfLayer.tsx';
import { LayerField } from './LayerField.tsx';
import { OwnProblems } from './OwnProblems.tsx';
import { ShapeSteps } from './ShapeSteps.tsx';
import { WeightsOwner } from './WeightsOwner.tsx';
import { WeightsTable } from './WeightsTable.tsx';

interface Props {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
}

/** One layer: what it is, its parameters, how its shape comes about, what it costs, where its data comes from. */
export function LayerInspector({ node, layer }: Props) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const spec = layerSpec(node.kind);
  const names = Object.keys(spec.params);
  const advanced = names.filter((name) => spec.params[name]?.advanced === true);
  const field = (name: string) => (
    <LayerField key={name} node={node} layer={layer} name={name} language={language} />
  );
  return (
    <>
      <div className="inspector-title">
        <LayerIcon spec={spec} size={20} />
        <div>
          <h2>{spec.title[language]}</h2>
          <code>{node.id}</code>
        </div>
        <Tooltip label={t('inspector.duplicate')}>
          <ActionIcon aria-label={t('inspector.duplicate')} onClick={duplicateSelected}>
            <Copy size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('inspector.remove')}>
          <ActionIcon aria-label={t('inspector.remove')} onClick={() => removeLayers(new Set([node.id]))}>
            <Trash2 size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <BlockOfLayer node={node} />
      <p className="soft">{spec.summary[language]}</p>
      <LayerActions node={node} />
      <StepButton id={node.id} kind={node.kind} isReady={layer.outputShape !== null} />
      <OwnProblems id={node.id} />
      <h3>{t('inspector.parameters')}</h3>
      <fieldset className="params" disabled={node.locked === true}>
        {names.length === 0 && <p className="soft">{t('inspector.noParameters')}</p>}
        {names.filter((name) => !advanced.includes(name)).map(field)}
        {advanced.length > 0 && (
          <details className="advanced-params">
            <summary>{t('inspector.advanced')}</summary>
            {advanced.map(field)}
          </details>
        )}
        <ActivationMove node={node} />
      </fieldset>
      {node.kind === 'Input' && <InputFacts layer={layer} />}
      <h3>{t('inspector.shape')}</h3>
      <ShapeSteps layer={layer} />
      <h3>{t('inspector.cost')}</h3>
      <WeightsOwner node={node} layer={layer} />
      <WeightsTable layer={layer} />
      <h3>{t('inspector.inputs')}</h3>
      <InputsList node={node} />
      <h3>{t('inspector.name')}</h3>
      <NameField node={node} />
      <MarksFields node={node} />
    </>
  );
}

/** Offers to put an activation layer into the layer before it, or to make a layer's activation one of its own. */
function ActivationMove({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const host = useDocument(({ document }) => hostOfActivation(document, node.id)?.id);
  const { params, category } = layerSpec(node.kind);
  const activation = completeParams(params, node.params)['activation'];
  if (host !== undefined) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => foldActivationLayer(node.id)}>
        {t('inspector.foldActivation', { layer: host })}
      </Button>
    );
  }
  if (category === 'activation' || typeof activation !== 'string' || activation === 'linear') return null;
  return (
    <Button size="compact-xs" variant="default" onClick={() => splitActivationLayer(node.id)}>
      {t('inspector.splitActivation', { activation })}
    </Button>
  );
}

/** The typed text is kept beside the name, which is stored without spaces at its ends. */
function NameField({ node }: { readonly node: DocumentNode }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      size="xs"
      aria-label={t('inspector.name')}
      placeholder={t('inspector.namePlaceholder')}
      maxLength={256}
      disabled={node.locked === true}
      value={draft ?? node.name ?? ''}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        renameLayer(node.id, event.currentTarget.value);
      }}
      onBlur={() => {
        setDraft(null);
        endGesture();
      }}
    />
  );
}

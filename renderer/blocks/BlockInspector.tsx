import './blocks.css';

import { ActionIcon, Button, NumberInput, Textarea, TextInput, Tooltip } from '@mantine/core';
import { Bookmark, Copy, Layers, Link2, Maximize2, Minimize2, Trash2, Ungroup, Unlink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentBlock } from '../../shared/document.ts';
import { membersOf } from '../../shared/graph/blocks.ts';
import { summarizeBlock } from '../../shared/graph/blockSummary.ts';
import { linkedWith } from '../../shared/graph/linkedBlocks.ts';
import { chainOf } from '../../shared/graph/repeatBlock.ts';
import type { Problem } from '../../shared/problem.ts';
import { useAnalysis } from '../state/analysis.ts';
import { reveal } from '../state/app.ts';
import {
  collapseBlock,
  copyOfBlock,
  repeat,
  selectBlock,
  setBlockComment,
  setBlockName,
  ungroupSelected,
  unlinkBlock,
} from '../state/blockCommands.ts';
import { endGesture, removeSelected } from '../state/commands.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { grouped, short } from '../ui/numbers.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';
import { useSaveBlock } from './savedBlocks.ts';

/** The properties of a block: its name, what its layers come to, and how often it is there. */
export function BlockInspector({ block }: { readonly block: DocumentBlock }) {
  const { t } = useTranslation();
  const name = block.name === '' ? block.id : block.name;
  const save = useSaveBlock();
  const actions = [
    { key: 'save', Icon: Bookmark, label: t('blocks.save'), run: () => void save(block.id) },
    { key: 'ungroup', Icon: Ungroup, label: t('blocks.ungroup'), run: ungroupSelected },
  ];
  return (
    <>
      <div className="inspector-title">
        <Layers size={20} aria-hidden="true" />
        <div>
          <h2>{name}</h2>
          <span className="soft">{t('blocks.title')}</span>
        </div>
        <Tooltip label={t('inspector.remove')}>
          <ActionIcon aria-label={t('inspector.remove')} onClick={() => removeSelected()}>
            <Trash2 size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <TextInput
        size="xs"
        label={t('inspector.name')}
        value={block.name}
        placeholder={block.id}
        maxLength={256}
        onChange={(event) => setBlockName(block.id, event.currentTarget.value)}
        onBlur={endGesture}
      />
      <Textarea
        size="xs"
        label={t('blocks.comment')}
        placeholder={t('blocks.commentPlaceholder')}
        value={block.comment ?? ''}
        maxLength={4096}
        autosize
        minRows={1}
        maxRows={6}
        onChange={(event) => setBlockComment(block.id, event.currentTarget.value)}
        onBlur={endGesture}
      />
      <div className="inspector-actions block-actions">
        <Button
          size="xs"
          variant="default"
          leftSection={block.collapsed ? <Maximize2 size={14} /> : <Minimize2 size={14} />}
          onClick={() => collapseBlock(block.id, block.collapsed !== true)}
        >
          {t(block.collapsed ? 'blocks.openShort' : 'blocks.closeShort')}
        </Button>
      </div>
      <Totals block={block} />
      <Repeat block={block} />
      <h3>{t('blocks.reuse')}</h3>
      <div className="inspector-actions block-actions">
        <Button
          size="xs"
          variant="default"
          leftSection={<Link2 size={14} />}
          onClick={() => copyOfBlock(block.id, true)}
        >
          {t('blocks.linkedCopy')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Copy size={14} />}
          onClick={() => copyOfBlock(block.id, false)}
        >
          {t('blocks.ownCopy')}
        </Button>
      </div>
      <LinkedBlocks block={block} />
      <div className="inspector-actions block-actions">
        {actions.map(({ key, Icon, label, run }) => (
          <Button key={key} size="xs" variant="default" leftSection={<Icon size={14} />} onClick={run}>
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

function Totals({ block }: { readonly block: DocumentBlock }) {
  const { t } = useTranslation();
  const document = useShownDocument();
  const { layers, params, macs, complete, inputs, outputs } = summarizeBlock(
    document,
    useAnalysis(),
    block.id,
  );
  const count = (value: number) =>
    complete ? grouped(value) : t('inspector.atLeast', { count: grouped(value) });
  const ends = [
    ...inputs.map((end) => ({ ...end, title: t('blocks.inputs') })),
    ...outputs.map((end) => ({ ...end, title: t('blocks.outputs') })),
  ];
  return (
    <>
      <h3>{t('inspector.totals')}</h3>
      <dl className="facts">
        {ends.map(({ id, shape, title }) => (
          <div key={`${title} ${id}`} className="fact">
            <dt>{title}</dt>
            <dd title={t('blocks.fromLayer', { layer: id })}>
              {shape === null ? t('inspector.unknownShape') : <ShapeText shape={shape} />}
            </dd>
          </div>
        ))}
        <dt>{t('inspector.layers')}</dt>
        <dd>{layers}</dd>
        <dt>{t('inspector.total')}</dt>
        <dd>{count(params.trainable + params.nonTrainable)}</dd>
        {params.nonTrainable > 0 && (
          <>
            <dt>{t('inspector.ofWhich')}</dt>
            <dd>{grouped(params.nonTrainable)}</dd>
          </>
        )}
        <dt>{t('inspector.macs')}</dt>
        <dd title={grouped(macs)}>{short(macs)}</dd>
      </dl>
    </>
  );
}

function Repeat({ block }: { readonly block: DocumentBlock }) {
  const { t } = useTranslation();
  const document = useShownDocument();
  const [refused, setRefused] = useState<{ readonly problem: Problem; readonly count: number } | null>(null);
  const now = chainOf(document, block.id).length;
  return (
    <>
      <NumberInput
        size="xs"
        label={t('blocks.repeat')}
        description={t('blocks.repeatHint')}
        suffix={` ${t('blocks.times')}`}
        min={1}
        max={99}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={refused?.count ?? now}
        onChange={(value) => {
          if (typeof value !== 'number' || value < 1 || value === now) {
            setRefused(null);
            return;
          }
          const problem = repeat(block.id, value);
          setRefused(problem === undefined ? null : { problem, count: value });
        }}
      />
      {refused !== null && (
        <p className="block-refusal" role="alert">
          <ProblemText problem={refused.problem} />
        </p>
      )}
    </>
  );
}

function LinkedBlocks({ block }: { readonly block: DocumentBlock }) {
  const { t } = useTranslation();
  const document = useShownDocument();
  const group = linkedWith(document, block.id);
  if (group.length < 2) return null;
  return (
    <>
      <h3>{t('blocks.linkedBlocks')}</h3>
      <p className="soft">{t('blocks.linkedSentence')}</p>
      <ul className="linked-list" aria-label={t('blocks.linkedBlocks')}>
        {group.map((other) => {
          const name = other.name === '' ? other.id : other.name;
          return (
            <li key={other.id}>
              {other.id === block.id ? (
                <strong>{name}</strong>
              ) : (
                <button
                  type="button"
                  aria-label={t('blocks.show', { name })}
                  onClick={() => {
                    selectBlock(other.id);
                    reveal([...membersOf(document, other.id)]);
                  }}
                >
                  {name}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <Button
        size="xs"
        variant="default"
        mb={8}
        leftSection={<Unlink size={14} />}
        onClick={() => unlinkBlock(block.id)}
      >
        {t('blocks.unlink')}
      </Button>
    </>
  );
}

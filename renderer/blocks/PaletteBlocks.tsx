import './blocks.css';

import { ActionIcon, FileButton, Tooltip } from '@mantine/core';
import { Download, FolderOpen, Layers, X } from 'lucide-react';
import { useRef, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { readyBlocks } from '../../shared/blocks/index.ts';
import type { Document, DocumentBlock } from '../../shared/document.ts';
import { membersOf } from '../../shared/graph/blocks.ts';
import type { Shape } from '../../shared/layers/shape.ts';
import { useCanvasState } from '../canvas/canvasState.ts';
import { layerType } from '../canvas/usePaletteDrop.ts';
import { openDrawer, useApp } from '../state/app.ts';
import { addBlock, lastOf } from '../state/addCommands.ts';
import { useBlockFiles } from './blockFiles.ts';
import { useLoadOwnBlocks, useOwnBlocks, useRemoveBlock } from './savedBlocks.ts';

interface Props {
  readonly query: string;
  /** What stands there where no block is called that. */
  readonly children: ReactNode;
}

/** Blocks in the palette: those that come with the program, then the user's own. Dragged and clicked like layers. */
export function PaletteBlocks({ query, children }: Props) {
  const { t } = useTranslation();
  const own = useOwnBlocks(({ blocks }) => blocks);
  const remove = useRemoveBlock();
  const { exportBlock, importBlocks } = useBlockFiles();
  const reset = useRef<() => void>(null);
  const open = async (file: File | null) => {
    if (file === null) return;
    // So that the same file can be chosen again.
    reset.current?.();
    await importBlocks(file);
  };
  useLoadOwnBlocks();
  const wanted = query.trim().toLowerCase();
  const matches = (...texts: readonly string[]) =>
    wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
  const ready = readyBlocks
    .map(({ id, name, make }) => ({ id, name, make, title: t(`blocks.${id}`), text: t(`blocks.${id}Text`) }))
    .filter(({ name, title, text }) => matches(name, title, text, t('blocks.palette')));
  const mine = own.filter(({ document }) => matches(document.name, t('blocks.palette')));
  if (ready.length + mine.length === 0) return children;
  return (
    <section aria-label={t('blocks.palette')}>
      <div className="palette-blocks-head">
        <h3>{t('blocks.palette')}</h3>
        <FileButton resetRef={reset} accept=".convas,.json" onChange={(file) => void open(file)}>
          {(props) => (
            <Tooltip label={t('blocks.import')}>
              <ActionIcon {...props} size="sm" variant="subtle" color="gray" aria-label={t('blocks.import')}>
                <FolderOpen size={13} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      </div>
      {ready.map(({ id, title, text, make }) => (
        <Entry key={id} title={title} text={text} make={make} />
      ))}
      {mine.map(({ blockId, document }) => (
        <div key={blockId} className="own-block">
          <Entry
            title={document.name}
            text={outerBlock(document)?.comment ?? t('status.layers', { count: layerCount(document) })}
            make={() => document}
          />
          <Tooltip label={t('blocks.export', { name: document.name })}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('blocks.export', { name: document.name })}
              onClick={() => void exportBlock(document)}
            >
              <Download size={13} />
            </ActionIcon>
          </Tooltip>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('blocks.remove', { name: document.name })}
            onClick={() => void remove(blockId)}
          >
            <X size={13} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
}

function outerBlock({ blocks }: Document): DocumentBlock | undefined {
  return blocks.find(({ parent }) => parent === undefined);
}

/** How many layers a block has, without the Input layers beside it. */
function layerCount(document: Document): number {
  return membersOf(document, outerBlock(document)?.id ?? '').size;
}

interface EntryProps {
  readonly title: string;
  readonly text: string;
  readonly make: (input: Shape | null) => Document;
}

function Entry({ title, text, make }: EntryProps) {
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(layerType, title);
    event.dataTransfer.effectAllowed = 'copy';
    useCanvasState.setState({ draggedKind: 'BatchNormalization', draggedBlock: make });
    // A drawer would lie over the canvas that the block is to be dropped on.
    setTimeout(() => openDrawer(null), 0);
  };
  return (
    <Tooltip label={text} position="right" multiline w={260} withArrow arrowSize={6}>
      <button
        type="button"
        className="palette-entry palette-block"
        draggable
        onDragStart={onDragStart}
        onDragEnd={() => useCanvasState.setState({ draggedKind: null, draggedBlock: null })}
        onClick={() => {
          openDrawer(null);
          addBlock(make, { type: 'after', id: lastOf(useApp.getState().selection) });
        }}
      >
        <Layers size={16} aria-hidden="true" className="layer-icon" />
        <span>{title}</span>
      </button>
    </Tooltip>
  );
}

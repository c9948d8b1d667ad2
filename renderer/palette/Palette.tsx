import './palette.css';

import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { ChevronDown, Search, X } from 'lucide-react';
import { useMemo, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { layers } from '../../shared/layers/index.ts';
import { categories, type Category, type LayerSpec } from '../../shared/layers/spec.ts';
import { PaletteBlocks } from '../blocks/PaletteBlocks.tsx';
import { layerType } from '../canvas/usePaletteDrop.ts';
import { useCanvasState } from '../canvas/canvasState.ts';
import { openDrawer, toggleCategory, useApp } from '../state/app.ts';
import { appendLayer } from '../state/addCommands.ts';
import { LayerIcon } from '../ui/LayerIcon.tsx';
import { searchLayers } from './search.ts';
import { searchFieldId } from './focusSearch.ts';

/** All layers by category: drag one onto the canvas, or click it to append. */
export function Palette() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const found = useMemo(() => searchLayers([...layers.values()], query), [query]);
  const [first] = found;
  const searching = query.trim() !== '';

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setQuery('');
    if (event.key !== 'Enter' || first === undefined || !searching || event.nativeEvent.isComposing) return;
    appendLayer(first.kind);
    setQuery('');
  };
  const groups = (
    <>
      <section aria-label={t('palette.frequent')}>
        <h3>{t('palette.frequent')}</h3>
        {found.filter(isFrequent).map((spec) => (
          <PaletteEntry key={spec.kind} spec={spec} />
        ))}
      </section>
      {byCategory(found.filter((spec) => !isFrequent(spec))).map((group) => (
        <PaletteGroup key={group.category} {...group} />
      ))}
    </>
  );
  return (
    <nav className="palette" aria-label={t('palette.label')}>
      <TextInput
        id={searchFieldId}
        size="sm"
        aria-label={t('palette.search')}
        placeholder={`${t('palette.search')}  /`}
        leftSection={<Search size={14} aria-hidden="true" />}
        rightSection={
          query === '' ? null : (
            <ActionIcon size="sm" aria-label={t('palette.clear')} onClick={() => setQuery('')}>
              <X size={14} />
            </ActionIcon>
          )
        }
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="palette-list">
        {searching ? found.map((spec) => <PaletteEntry key={spec.kind} spec={spec} />) : groups}
        <PaletteBlocks query={query}>
          {found.length === 0 && <p className="soft">{t('palette.nothing', { query })}</p>}
        </PaletteBlocks>
      </div>
      <p className="palette-hint soft">{t('palette.hint')}</p>
    </nav>
  );
}

/** Each layer stands once: what is often used, at the head, and not in its category again. */
function isFrequent({ frequent }: LayerSpec): boolean {
  return frequent === true;
}

interface LayerGroup {
  readonly category: Category;
  readonly specs: readonly LayerSpec[];
}

/** The usual layers of a category, and the others when they are asked for. */
function PaletteGroup({ category, specs }: LayerGroup) {
  const { t } = useTranslation();
  const opened = useApp((state) => state.openCategories.includes(category));
  const usual = specs.filter((spec) => spec.usual);
  // Where none is usual, the category would be a heading without layers.
  const shown = opened || usual.length === 0 ? specs : usual;
  const hidden = specs.length - usual.length;
  const foldable = hidden > 0 && usual.length > 0;
  return (
    <section aria-label={t(`palette.category.${category}`)}>
      <h3 style={{ color: `var(--category-${category})` }}>{t(`palette.category.${category}`)}</h3>
      {shown.map((spec) => (
        <PaletteEntry key={spec.kind} spec={spec} />
      ))}
      {foldable && (
        <button
          type="button"
          className="palette-more"
          aria-expanded={opened}
          onClick={() => toggleCategory(category)}
        >
          <ChevronDown size={12} aria-hidden="true" />
          {opened ? t('palette.fewer') : t('palette.more', { count: hidden })}
        </button>
      )}
    </section>
  );
}

function PaletteEntry({ spec }: { readonly spec: LayerSpec }) {
  const language = useApp((state) => state.language);
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(layerType, spec.kind);
    event.dataTransfer.effectAllowed = 'copy';
    useCanvasState.setState({ draggedKind: spec.kind });
    // A drawer would lie over the canvas that the layer is to be dropped on.
    setTimeout(() => openDrawer(null), 0);
  };
  return (
    <Tooltip label={spec.summary[language]} position="right" multiline w={260} withArrow arrowSize={6}>
      <button
        type="button"
        className="palette-entry"
        style={{ borderLeftColor: `var(--category-${spec.category})` }}
        draggable
        onDragStart={onDragStart}
        onDragEnd={() => useCanvasState.setState({ draggedKind: null })}
        onClick={() => {
          openDrawer(null);
          appendLayer(spec.kind);
        }}
      >
        <LayerIcon spec={spec} />
        <span>{spec.title[language]}</span>
      </button>
    </Tooltip>
  );
}

function byCategory(specs: readonly LayerSpec[]): readonly LayerGroup[] {
  return categories
    .map((category) => ({ category, specs: specs.filter((spec) => spec.category === category) }))
    .filter((group) => group.specs.length > 0);
}

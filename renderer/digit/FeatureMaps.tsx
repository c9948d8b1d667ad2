import { useElementSize } from '@mantine/hooks';
import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import { enlarge, useLookAt } from '../interpretation/lookAt.ts';
import { rangeOf, type Tensor } from '../interpretation/tensor.ts';
import type { Activations } from '../interpretation/useActivations.ts';
import { useDocument } from '../state/document.ts';
import { mapGridOf } from './drawMaps.ts';
import { Filters } from './Filters.tsx';
import { activationOf, mapsOf, marksOf, type Mark } from './maps.ts';
import { MapsCanvas } from './MapsCanvas.tsx';

const small = { side: 36, most: 16 } as const;
const large = { side: 84, most: 1024 } as const;
/** A column that the strips leave free beside them, so that they are not cut off by a scroll bar. */
const margin = 40;
const none: readonly Mark[] = [];

interface FeatureMapsProps {
  readonly activations: Activations | null;
  /** Whose filters are shown. */
  readonly source: ModelSource;
}

/** What every layer makes of the picture, one strip of maps each; a click shows all maps of a layer, enlarged. */
export function FeatureMaps({ activations, source }: FeatureMapsProps) {
  const { t } = useTranslation();
  const nodes = useDocument(({ document }) => document.nodes);
  const enlarged = useLookAt((state) => state.enlarged);
  const { ref, width } = useElementSize();
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  return (
    <section className="digit-maps" aria-label={t('digit.maps')}>
      <p className="digit-maps-head soft">
        {t('digit.mapsHelp')}{' '}
        {activations !== null && t('digit.took', { milliseconds: Math.round(activations.milliseconds) })}
      </p>
      <div ref={ref}>
        {[...(activations?.layers ?? [])].map(([id, tensor]) => (
          <LayerMaps
            key={id}
            id={id}
            node={byId.get(id)}
            source={source}
            tensor={tensor}
            room={width - margin}
            isLarge={enlarged === id}
            onToggle={() => enlarge(enlarged === id ? null : id)}
          />
        ))}
      </div>
    </section>
  );
}

interface LayerMapsProps {
  readonly id: string;
  readonly node: DocumentNode | undefined;
  readonly source: ModelSource;
  readonly tensor: Tensor;
  /** Width there is, in CSS pixels. */
  readonly room: number;
  readonly isLarge: boolean;
  readonly onToggle: () => void;
}

function LayerMaps({ id, node, source, tensor, room, isLarge, onToggle }: LayerMapsProps) {
  const { t } = useTranslation();
  const all = useMemo(() => mapsOf(tensor), [tensor]);
  const activation = node === undefined ? null : activationOf(node);
  const marks = useMemo(() => marksOf(tensor, activation), [tensor, activation]);
  const range = useMemo(() => rangeOf(tensor.values), [tensor]);
  const { side, most } = isLarge ? large : small;
  const count = Math.min(all.length, most, isLarge ? most : mapGridOf(all, room, side).columns);
  const shown = useMemo(() => all.slice(0, count), [all, count]);
  const dead = marks.filter((mark) => mark === 'dead').length;
  const saturated = marks.filter((mark) => mark === 'saturated').length;

  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isLarge) own.current?.scrollIntoView({ block: 'nearest' });
  }, [isLarge]);

  const shape = tensor.shape.join(' × ');
  return (
    <div ref={own} className="digit-layer" data-layer={id}>
      <button type="button" aria-expanded={isLarge} onClick={onToggle}>
        <ChevronRight size={13} aria-hidden />
        <strong>{node?.name ?? id}</strong> <span className="soft">{shape}</span>
        {dead > 0 && <span className="digit-dead">{t('digit.dead', { count: dead })}</span>}
        {saturated > 0 && (
          <span className="digit-saturated">{t('digit.saturated', { count: saturated })}</span>
        )}
      </button>
      <div className="digit-strip">
        <MapsCanvas
          maps={shown}
          // Units of one map are told in words: one of them is too small for a frame.
          marks={all.length === marks.length ? marks : none}
          range={range}
          room={room}
          side={side}
          label={t('digit.mapsOf', { layer: id, shown: count, count: all.length })}
          onClick={onToggle}
        />
        {count < all.length && <span className="soft">{`+${String(all.length - count)}`}</span>}
      </div>
      {isLarge && node?.kind === 'Conv2D' && <Filters source={source} layerId={id} room={room} />}
    </div>
  );
}

import './insight.css';

import { useComputedColorScheme } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentNode } from '../../shared/document.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { datasetOf } from '../../shared/graph/preflight.ts';
import { sameShape } from '../../shared/layers/shape.ts';
import { activationOf } from '../digit/maps.ts';
import { enlarge } from '../interpretation/lookAt.ts';
import { showTab } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { percent } from '../ui/numbers.ts';
import { useInView } from './inView.ts';
import { useLooking } from './looking.ts';
import { paintBlock, type Painted } from './paintBlock.ts';
import { paintLater } from '../interpretation/paintLater.ts';

interface BlockMapsProps {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
  /** What stands there as long as there are no maps. */
  readonly children: ReactNode;
}

/** What a layer makes of the picture, on its block; a click shows all of it, enlarged. */
export function BlockMaps({ node, layer, children }: BlockMapsProps) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const classes = useDocument(({ document }) => datasetOf(document)?.classes ?? none);
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painted, setPainted] = useState<Painted | null>(null);
  const isSeen = useInView(place, node.id);
  const { id } = node;
  const { outputShape } = layer;
  const has = useLooking(({ activations }) => {
    const tensor = activations?.layers.get(id);
    // After an edit, until the network as it is now has answered, there are maps of the one before.
    return tensor !== undefined && outputShape !== null && sameShape(tensor.shape, outputShape);
  });
  const activation = activationOf(node);

  // By hand: a component drawn anew for each of a hundred blocks would hold up the hand that draws.
  useEffect(() => {
    if (!has || !isSeen) return;
    const paint = () => {
      const tensor = useLooking.getState().activations?.layers.get(id);
      if (canvas.current === null || tensor === undefined) return;
      const next = paintBlock(canvas.current, { tensor, activation, classes });
      setPainted((last) => (last !== null && samePainted(last, next) ? last : next));
    };
    paintLater(id, paint);
    return useLooking.subscribe((now, before) => {
      if (now.activations !== before.activations) paintLater(id, paint);
    });
  }, [has, isSeen, id, activation, classes, scheme]);

  return (
    <div ref={place} className="block-maps">
      {has ? (
        <button
          type="button"
          aria-label={painted === null ? id : t('insight.enlarge', { text: textOf(t, painted, id, classes) })}
          onClick={() => {
            enlarge(id);
            showTab('digit');
          }}
        >
          <canvas ref={canvas} />
        </button>
      ) : (
        children
      )}
    </div>
  );
}

const none: readonly string[] = [];

function samePainted(a: Painted, b: Painted): boolean {
  const sameBest = a.best?.index === b.best?.index && a.best?.value === b.best?.value;
  return a.shown === b.shown && a.count === b.count && a.dead === b.dead && sameBest;
}

function textOf(
  t: TFunction,
  { shown, count, dead, best, areUnits }: Painted,
  layer: string,
  classes: readonly string[],
): string {
  const name = best !== null && classes.length === count ? classes[best.index] : undefined;
  const text =
    name !== undefined && best !== null
      ? t('insight.blockAnswer', { layer, name, percent: percent(best.value) })
      : t(areUnits ? 'insight.blockUnits' : 'insight.blockMaps', { layer, shown, count });
  return dead === 0 ? text : t('insight.deadIn', { text, dead });
}

import { Button, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Shuffle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { centring, type DatasetInfo } from '../../shared/datasets/index.ts';
import { datasetOf } from '../../shared/graph/preflight.ts';
import { shapeText } from '../../shared/layers/shape.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { grouped } from '../ui/numbers.ts';
import './dataset.css';
import { drawSamples, gridOf } from './drawSamples.ts';
import { useSamples } from './useSamples.ts';

const columns = 6;
const shown = 24;

/** What the network learns from: a sentence, and pictures as its Input gets them. */
export function DatasetPreview() {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const dataset = useDocument(({ document }) => datasetOf(document));
  const [seed, setSeed] = useState(0);
  if (dataset === undefined) return null;
  return (
    <section className="dataset" aria-label={t('dataset.label')}>
      <header className="dataset-head">
        <strong>{dataset.title[language]}</strong>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Shuffle size={13} aria-hidden />}
          onClick={() => setSeed(seed + 1)}
        >
          {t('dataset.shuffle')}
        </Button>
      </header>
      <p className="soft">
        {t('dataset.sentence', {
          train: grouped(dataset.trainExamples),
          test: grouped(dataset.testExamples),
          shape: shapeText(dataset.shape),
          classes: dataset.classes.length,
        })}
      </p>
      <Pictures dataset={dataset} seed={seed} />
    </section>
  );
}

interface PicturesProps {
  readonly dataset: DatasetInfo;
  readonly seed: number;
}

function Pictures({ dataset, seed }: PicturesProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme();
  const inputId = useDocument(
    ({ document }) => document.nodes.find(({ kind }) => kind === 'Input')?.id ?? '',
  );
  const input = useAnalysis().layers.get(inputId)?.outputShape ?? dataset.shape;
  const padding = centring(dataset.shape, input) ?? noPadding;
  const { top, bottom, left, right } = padding;
  const { samples, isFailed } = useSamples(dataset.kind, shown, seed);
  const grid = gridOf(width, columns);
  const height = Math.ceil(shown / columns) * grid.row;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null || samples === null || width === 0) return;
    const style = getComputedStyle(context.canvas);
    context.canvas.width = Math.round(width * devicePixelRatio);
    context.canvas.height = Math.round(height * devicePixelRatio);
    context.scale(devicePixelRatio, devicePixelRatio);
    drawSamples(context, {
      samples,
      labels: dataset.classes,
      centring: { top, bottom, left, right },
      grid: gridOf(width, columns),
      ink: style.color,
      frame: style.borderTopColor,
    });
  }, [samples, dataset, width, height, scheme, top, bottom, left, right]);

  const labels = samples?.labels.map((label) => dataset.classes[label] ?? label).join(', ');
  return (
    <div ref={ref} className="dataset-pictures">
      {isFailed ? (
        <p className="soft">{t('dataset.failed')}</p>
      ) : (
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('dataset.pictures', { labels: labels ?? '' })}
          style={{ width: '100%', height }}
        />
      )}
    </div>
  );
}

const noPadding = { top: 0, bottom: 0, left: 0, right: 0 };

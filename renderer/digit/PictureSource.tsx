import { Button, FileButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { inkOf } from '../../shared/digit/grayPicture.ts';
import { datasetOf } from '../../shared/graph/preflight.ts';
import type { Problem } from '../../shared/problem.ts';
import { useHost } from '../host/HostProvider.tsx';
import { problemsOf } from '../host/refusals.ts';
import { drawPicture } from '../interpretation/drawPicture.ts';
import type { LookedPicture } from '../interpretation/lookAt.ts';
import { useOriginText } from '../interpretation/originText.ts';
import { testPictures } from '../interpretation/usePicture.ts';
import { useDocument } from '../state/document.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { lookAtOther, lookedOf } from './pad.ts';

/** A picture file is made this small before its ink is looked at: MNIST's pictures are smaller still. */
const longestSide = 280;

/** What the network sees, and other pictures than a drawn one: of the test set, or from a file. */
export function PictureSource({ picture }: { readonly picture: LookedPicture | null }) {
  const { t } = useTranslation();
  const { client } = useHost();
  const dataset = useDocument(({ document }) => datasetOf(document));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [fault, setFault] = useState<'unreadable' | 'blank' | null>(null);
  const origin = useOriginText(picture);
  const index = picture?.origin.type === 'test' ? picture.origin.index : -1;

  const choose = async (wanted: number) => {
    if (dataset === undefined) return;
    const count = dataset.testExamples;
    try {
      const [found] = await testPictures(dataset.kind, [(wanted + count) % count])(client);
      if (found !== undefined) lookAtOther(found);
      setProblems([]);
      setFault(null);
    } catch (error) {
      setProblems(problemsOf(error));
    }
  };
  const open = async (file: File | null) => {
    if (file === null) return;
    const found = await pictureOf(file);
    if (typeof found !== 'string') lookAtOther(found);
    setFault(typeof found === 'string' ? found : null);
  };

  return (
    <div className="digit-source">
      <Preview picture={picture} />
      <p className="soft">{origin}</p>
      {dataset !== undefined && (
        <div className="digit-buttons" role="group" aria-label={t('digit.testSet')}>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('digit.previous')}
            onClick={() => void choose(Math.max(index, 0) - 1)}
          >
            ‹
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void choose(Math.floor(Math.random() * dataset.testExamples))}
          >
            {t('digit.random')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('digit.next')}
            onClick={() => void choose(index + 1)}
          >
            ›
          </Button>
        </div>
      )}
      <FileButton accept="image/*" onChange={(file) => void open(file)}>
        {(props) => (
          <Button {...props} size="compact-xs" variant="default">
            {t('digit.open')}
          </Button>
        )}
      </FileButton>
      <div role="status">
        {fault !== null && <p className="digit-problem">{t(`digit.${fault}`)}</p>}
        {problems.map((one, at) => (
          <p key={at} className="digit-problem">
            <ProblemText problem={one} />
          </p>
        ))}
      </div>
    </div>
  );
}

function Preview({ picture }: { readonly picture: LookedPicture | null }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = picture?.shape ?? [28, 28];
  useEffect(() => {
    if (canvas.current !== null && picture !== null) drawPicture(canvas.current, picture);
  }, [picture]);
  return (
    <figure className="digit-preview">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('digit.seesLabel', { height, width })}
        height={height}
        width={width}
      />
      <figcaption className="soft">{t('digit.sees')}</figcaption>
    </figure>
  );
}

async function pictureOf(file: File): Promise<LookedPicture | 'unreadable' | 'blank'> {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) =>
      Math.max(1, Math.round(side * scale)),
    );
    if (width === undefined || height === undefined) return 'unreadable';
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (context === null) return 'unreadable';
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return lookedOf(inkOf(data, height, width), { type: 'file', name: file.name }) ?? 'blank';
  } catch {
    return 'unreadable';
  }
}

import './insight.css';

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useActivations } from '../interpretation/useActivations.ts';
import { useModel } from '../interpretation/useModel.ts';
import { usePicture } from '../interpretation/usePicture.ts';
import { useWeightsText } from '../interpretation/weightsText.ts';
import { useOriginText } from '../interpretation/originText.ts';
import { showTab, useApp } from '../state/app.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { useLooking, useTellAnswer, type Whose } from './looking.ts';
import { useWantedLayers } from './wantedLayers.ts';

/** What the maps on the blocks are of, and from whose weights; over the canvas, while they are shown. */
export function MapsLegend() {
  const { t } = useTranslation();
  // The digit's tab asks for all layers anyway.
  const isAsked = useApp(({ panels, bottomTab }) => panels.bottom && bottomTab === 'digit');
  const areFew = useWantedLayers() !== null && !isAsked;
  const whose = useLooking((state) => state.whose);
  const problems = useLooking((state) => state.problems);
  const picture = useLooking((state) => state.activations?.picture ?? null);
  const origin = useOriginText(picture);
  return (
    <div className="maps-legend" role="group" aria-label={t('insight.legend')}>
      {!isAsked && <Asking />}
      <strong>{t('insight.title')}</strong>
      {whose !== null && <WhoseText whose={whose} />}
      {origin !== null && <p className="soft">{t('insight.of', { picture: origin })}</p>}
      <div role="status">
        {problems.map((problem, at) => (
          <p key={at} className="maps-problem">
            <ProblemText problem={problem} />
          </p>
        ))}
        {problems.length === 0 && picture === null && <p>{t('insight.waiting')}</p>}
      </div>
      <div className="maps-ramp">
        <span>{t('insight.least')}</span>
        <i aria-hidden="true" />
        <span>{t('insight.greatest')}</span>
      </div>
      <p className="soft">{t('insight.dead')}</p>
      {areFew && <p className="soft">{t('insight.few')}</p>}
      {!isAsked && (
        <Button size="compact-xs" variant="default" onClick={() => showTab('digit')}>
          {t('insight.draw')}
        </Button>
      )}
    </div>
  );
}

function WhoseText({ whose }: { readonly whose: Whose }) {
  return <p>{useWeightsText(whose)}</p>;
}

/** Asks what the blocks in view show. */
function Asking() {
  const model = useModel();
  const picture = usePicture();
  useTellAnswer(model, useActivations(model.source, picture, useWantedLayers()));
  return null;
}

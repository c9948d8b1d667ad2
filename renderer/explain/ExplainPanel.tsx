import './explain.css';

import { Loader, NativeSelect, SegmentedControl } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { datasetOf } from '../../shared/graph/preflight.ts';
import { inInput } from '../../shared/interpretation/inInput.ts';
import { layersWithMaps, usualLayer } from '../../shared/interpretation/layersWithMaps.ts';
import { explanationMethodSchema, type ExplanationMethod } from '../../shared/rpc/interpretation.ts';
import { useModel } from '../interpretation/useModel.ts';
import { usePicture } from '../interpretation/usePicture.ts';
import { useWeightsText } from '../interpretation/weightsText.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useDocument } from '../state/document.ts';
import { useShownDocument } from '../state/ShownDocument.tsx';
import { ProblemText } from '../ui/ProblemText.tsx';
import { Exciting } from './Exciting.tsx';
import { MapCanvas } from './MapCanvas.tsx';
import { useExplanation, type Explanation } from './useExplanation.ts';

const methods = explanationMethodSchema.options;

/** What the network looks at in the picture that is looked at: as a map over it, by one of four methods. */
export function ExplainPanel() {
  const { t } = useTranslation();
  const model = useModel();
  const weights = useWeightsText(model);
  const picture = usePicture();
  const document = useShownDocument();
  const withMaps = layersWithMaps(useAnalysis());
  const classes = datasetOf(document)?.classes ?? [];
  const [method, setMethod] = useState<ExplanationMethod>('grad-cam');
  const [chosenLayer, setLayer] = useState<string | null>(null);
  const [chosenClass, setClass] = useState<number | null>(null);
  const [chosenChannel, setChannel] = useState<number | null>(null);
  const hasLayer = method === 'grad-cam' || method === 'deconvnet';
  const layer = withMaps.find(({ id }) => id === chosenLayer) ?? usualLayer(withMaps);
  const layerId = hasLayer ? (layer?.id ?? null) : null;
  const classIndex = method !== 'deconvnet' && (chosenClass ?? 0) < classes.length ? chosenClass : null;
  const channels = layer?.outputShape?.at(-1) ?? 0;
  const channel = method === 'deconvnet' && (chosenChannel ?? 0) < channels ? chosenChannel : null;
  const asked = { method, layerId, classIndex, channel };
  const { data, problems } = useExplanation(model.source, picture, asked);
  const isShown = data !== null && data.method === method && problems.length === 0;
  return (
    <div className="explain">
      <div className="explain-main">
        <header className="explain-head">
          <SegmentedControl
            size="xs"
            aria-label={t('explain.method')}
            value={method}
            onChange={(value) => setMethod(methods.find((one) => one === value) ?? 'grad-cam')}
            data={methods.map((value) => ({ value, label: t(`explain.${value}.name`) }))}
          />
          {hasLayer && (
            <Choice
              label={t('explain.layer')}
              value={layerId ?? ''}
              options={withMaps.map(({ id }) => [id, id])}
              onChange={(value) => {
                setLayer(value);
                setChannel(null);
              }}
            />
          )}
          {method === 'deconvnet' ? (
            <Choice
              label={t('explain.channel')}
              value={channel === null ? '' : String(channel)}
              automatic={t('explain.automaticChannel')}
              options={Array.from({ length: channels }, (_, at) => [String(at), String(at + 1)])}
              onChange={(value) => setChannel(value === null ? null : Number(value))}
            />
          ) : (
            <Choice
              label={t('explain.class')}
              value={classIndex === null ? '' : String(classIndex)}
              automatic={t('explain.automaticClass')}
              options={classes.map((name, at) => [String(at), name])}
              onChange={(value) => setClass(value === null ? null : Number(value))}
            />
          )}
        </header>
        <p className="explain-text">
          {t(`explain.${method}.meaning`)} <span className="soft">{t(`explain.${method}.source`)}</span>
        </p>
        <p className="soft">{weights}</p>
        {problems.map((problem, index) => (
          <p key={`${String(index)} ${problem.code}`} role="alert" className="explain-refused">
            <ProblemText problem={problem} />
          </p>
        ))}
        {method === 'deconvnet' && isShown && data.layerId !== null && data.channel !== null && (
          <Exciting source={model.source} layerId={data.layerId} channel={data.channel} classes={classes} />
        )}
      </div>
      {isShown && <Map explanation={data} classes={classes} />}
      {!isShown && problems.length === 0 && <Loader size={16} aria-label={t('explain.busy')} />}
    </div>
  );
}

function Map({
  explanation,
  classes,
}: {
  readonly explanation: Explanation;
  readonly classes: readonly string[];
}) {
  const { t } = useTranslation();
  const { map, picture, method, layerId, classIndex, channel } = explanation;
  const inputId = useDocument(
    ({ document }) => document.nodes.find(({ kind }) => kind === 'Input')?.id ?? '',
  );
  const input = useAnalysis().layers.get(inputId)?.outputShape ?? picture.shape;
  const shown = useMemo(() => inInput(picture, input), [picture, input]);
  const parts = [
    t(`explain.${method}.name`),
    ...(classIndex === null ? [] : [t('explain.ofClass', { name: classes[classIndex] ?? classIndex })]),
    ...(layerId === null ? [] : [t('explain.atLayer', { layer: layerId })]),
    ...(channel === null ? [] : [t('explain.ofChannel', { channel: channel + 1 })]),
  ];
  const caption = parts.join(' · ');
  return (
    <figure className="explain-figure">
      <MapCanvas picture={shown} map={map} label={t('explain.map', { caption })} />
      <figcaption role="status">{caption}</figcaption>
      <p className="soft">
        {t(method === 'grad-cam' && map.values.length === 1 ? 'explain.onePlace' : 'explain.colours')}
      </p>
    </figure>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** What it says where nothing is chosen. */
  readonly automatic?: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  onChange(value: string | null): void;
}

function Choice({ label, value, automatic, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="explain-choice">
      <label htmlFor={id}>{label}</label>
      <NativeSelect
        id={id}
        size="xs"
        value={value}
        data={[
          ...(automatic === undefined ? [] : [{ value: '', label: automatic }]),
          ...options.map(([one, name]) => ({ value: one, label: name })),
        ]}
        onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === '' ? null : chosen)}
      />
    </div>
  );
}

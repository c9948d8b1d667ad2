import { Button, SegmentedControl } from '@mantine/core';
import { Maximize2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeOutput } from '../../../shared/lecture/stepping/arithmetic.ts';
import { steppedLayer, type SteppedLayer } from '../../../shared/lecture/stepping/layerSteps.ts';
import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { withNumbers } from '../../../shared/lecture/stepping/windows.ts';
import { layerWeights } from '../../interpretation/layerWeights.ts';
import type { Tensor } from '../../interpretation/tensor.ts';
import { useActivations, type Activations } from '../../interpretation/useActivations.ts';
import { useLatestAnswer } from '../../interpretation/useLatestAnswer.ts';
import { useModel } from '../../interpretation/useModel.ts';
import { usePicture } from '../../interpretation/usePicture.ts';
import { useWeightsText } from '../../interpretation/weightsText.ts';
import { useAnalysis } from '../../state/analysis.ts';
import { problemText } from '../../ui/problemTexts.ts';
import { Stepper } from './Stepper.tsx';
import { stepThrough } from './stepperDialog.ts';

interface Props {
  readonly layerId: string;
  /** In a lesson: with a button that opens the large one. */
  readonly isSmall?: boolean;
}

/** A layer of the network on the canvas, with the weights and the picture that are looked at. */
export function LayerStepper({ layerId, isSmall = false }: Props) {
  const { t } = useTranslation();
  const analysis = useAnalysis();
  const stepped = useMemo(() => steppedLayer(analysis, layerId), [analysis, layerId]);
  if (stepped === null) return <p role="status">{t('stepper.noWindow', { layer: layerId })}</p>;
  return (
    <>
      {isSmall && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Maximize2 size={14} aria-hidden />}
          onClick={() => stepThrough(layerId)}
        >
          {t('stepper.enlarge')}
        </Button>
      )}
      <WithNumbers layerId={layerId} stepped={stepped} isSmall={isSmall} />
    </>
  );
}

function WithNumbers({ layerId, stepped, isSmall }: Required<Props> & { readonly stepped: SteppedLayer }) {
  const { t } = useTranslation();
  const analysis = useAnalysis();
  const model = useModel();
  const weightsText = useWeightsText(model);
  const picture = usePicture();
  const { sourceId } = stepped;
  const wanted = useMemo(() => [sourceId, layerId], [sourceId, layerId]);
  const { activations, problems } = useActivations(model.source, picture, wanted);
  const question = useMemo(() => layerWeights(model.source, layerId), [model.source, layerId]);
  const weights = useLatestAnswer(question);
  const [chosen, setChosen] = useState(0);
  const layers = useMemo(
    () => filled(stepped, activations, weights.data),
    [stepped, activations, weights.data],
  );
  const wrong = [...problems, ...weights.problems][0];
  const last = stepped.steps.length - 1;
  const at = Math.min(chosen, last);
  const layer = layers?.[at];
  const { arithmetic } = analysis.layers.get(layerId) ?? {};
  const isSettled = !model.isLive && weights.of === question;
  const head = (
    <div className="stepper-source">
      <span>{weightsText}</span>
      {picture !== null && (
        <span className="soft">
          {picture.origin.type === 'test'
            ? t('stepper.testPicture', { index: picture.origin.index, label: picture.origin.label })
            : t(picture.origin.type === 'drawn' ? 'stepper.drawnPicture' : 'stepper.filePicture')}
        </span>
      )}
      {last > 0 && (
        <SegmentedControl
          size="xs"
          aria-label={t('stepper.stage')}
          value={String(at)}
          data={[
            { value: '0', label: t('stepper.depthwiseStage') },
            { value: '1', label: t('stepper.pointwiseStage') },
          ]}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
    </div>
  );
  return (
    <>
      {layer !== undefined ? (
        <Stepper
          key={at}
          layer={layer}
          trained={isSettled && at === last ? activations?.layers.get(layerId)?.values : undefined}
          arithmetic={at === 0 && arithmetic?.length === 2 ? arithmetic : undefined}
          takesFocus={!isSmall}
          head={head}
        />
      ) : (
        head
      )}
      {layer === undefined && wrong === undefined && (
        <p role="status">{t(picture === null ? 'stepper.noPicture' : 'stepper.loading')}</p>
      )}
      {wrong !== undefined && (
        <p role="alert" className="stepper-differs">
          {t('stepper.noNumbers')} {problemText(t, wrong)}
        </p>
      )}
    </>
  );
}

/** The steps with their numbers, each over what the one before it gives; null before all are there. */
function filled(
  { sourceId, steps }: SteppedLayer,
  activations: Activations | null,
  weights: ReadonlyMap<string, Tensor> | null,
): readonly StepperLayer[] | null {
  let input: ArrayLike<number> | undefined = activations?.layers.get(sourceId)?.values;
  if (input === undefined || weights === null) return null;
  const numbers = new Map([...weights].map(([name, { values }]) => [name, values]));
  const layers: StepperLayer[] = [];
  for (const [index, step] of steps.entries()) {
    const [rows, columns, channels] = step.window.inputShape;
    // An answer about the network as it was a moment ago.
    if (input.length !== rows * columns * channels) return null;
    if ([step.kernel, step.bias].some((name) => name !== null && !weights.has(name))) return null;
    const layer = withNumbers(step, input, numbers);
    layers.push(layer);
    if (index < steps.length - 1) input = wholeOutput(layer);
  }
  return layers;
}

import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { lookAtEpoch, lookAtWeights } from '../interpretation/lookAt.ts';
import { useLatestAnswer } from '../interpretation/useLatestAnswer.ts';
import type { LookedModel } from '../interpretation/useModel.ts';
import { useApp } from '../state/app.ts';
import { startedText } from '../training/startedText.ts';

const initial = 'initial';

/** Says whose weights answer, and lets one choose others: of another training, of an earlier epoch, or the initial ones. */
export function WeightsChoice({ model }: { readonly model: LookedModel }) {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const { run, runs, epoch, isLive } = model;
  return (
    <div className="digit-weights">
      <p>
        {run === null
          ? t('digit.untrained')
          : t(epoch === null ? (isLive ? 'digit.weightsNow' : 'digit.weightsLast') : 'digit.weightsEpoch', {
              date: startedText(run, language),
              epoch,
            })}
      </p>
      {runs.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('digit.weights')}
          value={run?.runId ?? initial}
          onChange={({ currentTarget: { value } }) =>
            lookAtWeights(value === initial ? 'initial' : { runId: value })
          }
          data={[
            ...runs.map((one) => ({ value: one.runId, label: startedText(one, language) })),
            { value: initial, label: t('digit.initial') },
          ]}
        />
      )}
      {run !== null && <EpochScrubber model={model} runId={run.runId} />}
    </div>
  );
}

function EpochScrubber({ model, runId }: { readonly model: LookedModel; readonly runId: string }) {
  const { t } = useTranslation();
  const { epoch, isLive, source } = model;
  const look = isLive ? source : null;
  const question = useMemo(() => checkpointsOf({ runId, look }), [runId, look]);
  const epochs = useLatestAnswer(question).data ?? [];
  if (epochs.length === 0) return null;
  const place = epochs.findIndex((one) => one.epoch === epoch);
  // Behind the last epoch: the weights as they are at last.
  const value = place < 0 ? epochs.length : place;
  const text = epoch === null ? t('digit.lastWeights') : t('digit.epoch', { epoch });
  return (
    <label className="digit-epochs">
      <span>{text}</span>
      <input
        type="range"
        aria-label={t('digit.epochs')}
        aria-valuetext={text}
        min={0}
        max={epochs.length}
        value={value}
        onChange={({ currentTarget }) =>
          lookAtEpoch(runId, epochs[Number(currentTarget.value)]?.epoch ?? null)
        }
      />
    </label>
  );
}

interface CheckpointLook {
  readonly runId: string;
  /** Another look at a training under way asks anew. */
  readonly look: ModelSource | null;
}

function checkpointsOf({ runId }: CheckpointLook) {
  return (client: Client) => client.runs.checkpoints({ runId });
}

import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Param } from '../../shared/layers/params.ts';
import { defaultOptimizer, defaultTraining, trainingParams } from '../../shared/training/config.ts';
import { optimizers, optimizerSpec } from '../../shared/training/optimizers.ts';
import { ParamField } from '../inspector/ParamField.tsx';
import { useApp } from '../state/app.ts';
import { endGesture, setTraining } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';

/** How the network is trained; part of the document, so that it is saved and undone with it. */
export function TrainSettings() {
  const { t } = useTranslation();
  const id = useId();
  const language = useApp((state) => state.language);
  const training = useDocument(({ document }) => document.training);
  const { optimizer } = training;
  const spec = optimizerSpec(optimizer.kind);
  const first = defaultOptimizer(optimizer.kind);
  const params = Object.entries(spec.params);
  const main = params.filter(([name]) => mainParams.includes(name));
  const others = params.filter(([name]) => !mainParams.includes(name));
  const optimizerField = ([name, param]: readonly [string, Param<unknown>]) => (
    <ParamField
      key={name}
      name={name}
      param={param}
      value={optimizer[name]}
      defaultValue={first[name]}
      onChange={(value) => setTraining({ optimizer: { ...optimizer, [name]: value } })}
      language={language}
    />
  );
  const setting = (name: keyof typeof trainingParams) => (
    <ParamField
      name={name}
      param={trainingParams[name]}
      value={training[name]}
      defaultValue={defaultTraining[name]}
      onChange={(value) => setTraining({ [name]: value })}
      language={language}
    />
  );
  return (
    <section className="train-settings" aria-label={t('training.settings')}>
      <div className="train-fields">
        {setting('epochs')}
        {setting('batchSize')}
      </div>
      <div className="train-fields">
        <div className="field">
          <div className="field-head">
            <label htmlFor={id}>{t('training.optimizer')}</label>
          </div>
          <NativeSelect
            id={id}
            title={spec.summary[language]}
            size="xs"
            value={optimizer.kind}
            data={[...optimizers.values()].map(({ kind, title }) => ({
              value: kind,
              label: title[language],
            }))}
            onChange={(event) => {
              setTraining({ optimizer: defaultOptimizer(event.currentTarget.value) });
              endGesture();
            }}
          />
        </div>
        {main.map(optimizerField)}
      </div>
      <details className="train-more">
        <summary>{t('training.more')}</summary>
        <div className="train-fields">
          {others.map(optimizerField)}
          {setting('seed')}
          {setting('loss')}
        </div>
      </details>
    </section>
  );
}

/** What is set most often; the rest is folded away. */
const mainParams: readonly string[] = ['learningRate', 'momentum'];

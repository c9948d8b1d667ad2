import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { datasets } from '../../shared/datasets/index.ts';
import type { Values } from '../../shared/i18n/format.ts';
import type { Fix, Problem } from '../../shared/problem.ts';
import { useApp } from '../state/app.ts';

export function problemText(t: TFunction, { code, values }: Problem): string {
  return t(`problem.${code}`, translated(t, values));
}

export function fixText(t: TFunction, { id, values }: Pick<Fix, 'id' | 'values'>): string {
  return t(`fix.${id}`, translated(t, values));
}

/** A problem names its dataset in English, and a project without a name not at all; readers know them in their language. */
function translated(t: TFunction, given: Values): Values {
  const values = given['name'] === '' ? { ...given, name: t('training.unnamed') } : given;
  const { dataset } = values;
  const info = [...datasets.values()].find(({ title }) => title.en === dataset);
  return info === undefined ? values : { ...values, dataset: info.title[useApp.getState().language] };
}

/** Gives the sentence of a problem in the reader's language. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  return useCallback((problem) => problemText(t, problem), [t]);
}

export function useFixText(): (fix: Pick<Fix, 'id' | 'values'>) => string {
  const { t } = useTranslation();
  return useCallback((fix) => fixText(t, fix), [t]);
}

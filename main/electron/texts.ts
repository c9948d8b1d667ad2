import i18next, { type TFunction } from 'i18next';

import en from '../../shared/i18n/en.json' with { type: 'json' };
import zhTW from '../../shared/i18n/zh-TW.json' with { type: 'json' };
import type { Language } from '../../shared/layers/params.ts';
import type { Problem } from '../../shared/problem.ts';

export interface Texts {
  readonly language: Language;
  readonly t: TFunction;
  /** A problem's sentence in the language of the moment. */
  problem(problem: Problem): string;
  setLanguage(language: Language): void;
}

/** The language of the system where it is one of ours, else English. */
export function systemLanguage(preferred: readonly string[]): Language {
  return preferred[0]?.toLowerCase().startsWith('zh') === true ? 'zh-TW' : 'en';
}

/** The texts of menus, dialogs and notifications: the same files as the page's. */
export function createTexts(initial: Language): Texts {
  const instance = i18next.createInstance();
  void instance.init({
    resources: { en: { translation: en }, 'zh-TW': { translation: zhTW } },
    lng: initial,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  let language = initial;
  return {
    get language() {
      return language;
    },
    t: ((...args: Parameters<TFunction>) => instance.t(...args)) as TFunction,
    problem: ({ code, values }) => instance.t(`problem.${code}`, { ...values }),
    setLanguage(next) {
      language = next;
      void instance.changeLanguage(next);
    },
  };
}

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import en from '../shared/i18n/en.json';
import zhTW from '../shared/i18n/zh-TW.json';
import type { Language } from '../shared/layers/params.ts';
import { useApp } from './state/app.ts';

export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'zh-TW', name: '繁體中文' },
];

/** Sets up the texts in the remembered language, and follows it when it is changed. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, 'zh-TW': { translation: zhTW } },
    lng: useApp.getState().language,
    fallbackLng: 'en',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  tellPage();
  useApp.subscribe((state, previous) => {
    if (state.language === previous.language) return;
    void i18next.changeLanguage(state.language).then(tellPage);
  });
}

/** Screen readers and fonts go by the page's language. */
function tellPage(): void {
  document.documentElement.lang = i18next.language;
  document.title = i18next.t('app.title');
}

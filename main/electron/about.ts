import { app, dialog } from 'electron';

import type { Core } from '../core/core.ts';
import { reasonOf } from '../core/runFolder.ts';
import type { Texts } from './texts.ts';

/** Which program this is, and what trains in it. */
export async function showAbout(core: Core, { t }: Texts): Promise<void> {
  const engine = await core.supervisor
    .ready('any')
    .then(
      ({ report }) => `${report.engine.name} ${report.engine.version}, ${report.engine.device}`,
      reasonOf,
    );
  const { electron, chrome, node } = process.versions;
  await dialog.showMessageBox({
    type: 'info',
    message: `Convas ${app.getVersion()}`,
    detail: [
      t('desktop.about.what'),
      '',
      `${t('desktop.about.engine')}: ${engine}`,
      `Electron ${electron}, Chromium ${chrome}, Node.js ${node}`,
      'Apache License 2.0',
    ].join('\n'),
    buttons: [t('desktop.ok')],
    noLink: true,
  });
}

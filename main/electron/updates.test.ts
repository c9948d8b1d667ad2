import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createTexts } from './texts.ts';

const { showMessageBox } = vi.hoisted(() => ({ showMessageBox: vi.fn() }));
vi.mock('electron', () => ({ app: { getVersion: () => '1.0.0' }, dialog: { showMessageBox } }));
const { checkForUpdates } = await import('./updates.ts');

/** The user's answers, a button each; then what was asked. */
function answer(...buttons: number[]): string[] {
  const asked: string[] = [];
  showMessageBox.mockImplementation(({ message }: { message: string }) => {
    asked.push(message);
    return Promise.resolve({ response: buttons[asked.length - 1] ?? 1 });
  });
  return asked;
}

function updater(version: string | null) {
  return {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    checkForUpdates: vi.fn(() =>
      Promise.resolve({ isUpdateAvailable: version !== null, updateInfo: { version: version ?? '1.0.0' } }),
    ),
    downloadUpdate: vi.fn(() => Promise.resolve([])),
    quitAndInstall: vi.fn(),
  };
}

const check = (one: ReturnType<typeof updater> | null, isTraining = false, hasUnsaved = false) =>
  checkForUpdates({
    texts: createTexts('en'),
    isTraining: () => isTraining,
    hasUnsaved: () => hasUnsaved,
    loadUpdater: () => Promise.resolve(one),
  });

describe('a check for updates', () => {
  beforeEach(() => {
    showMessageBox.mockReset();
  });

  it('downloads and installs only when each was agreed to', async () => {
    const refused = updater('2.0.0');
    answer(1);
    await check(refused);
    expect(refused.downloadUpdate).not.toHaveBeenCalled();

    const later = updater('2.0.0');
    answer(0, 1);
    await check(later);
    expect(later.downloadUpdate).toHaveBeenCalled();
    expect(later.quitAndInstall).not.toHaveBeenCalled();

    const agreed = updater('2.0.0');
    answer(0, 0);
    await check(agreed);
    expect(agreed.quitAndInstall).toHaveBeenCalled();
    expect(agreed).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false });
  });

  it('installs nothing while a training runs', async () => {
    const one = updater('2.0.0');
    const asked = answer(0, 0);
    await check(one, true);
    expect(one.quitAndInstall).not.toHaveBeenCalled();
    expect(asked.at(-1)).toContain('when the training has ended');
  });

  it('installs nothing while a window holds what is in no file', async () => {
    const one = updater('2.0.0');
    const asked = answer(0, 0);
    await check(one, false, true);
    expect(one.quitAndInstall).not.toHaveBeenCalled();
    expect(asked.at(-1)).toContain('Save your changes first');
  });

  it('says that there is none, that it failed, or that this build cannot', async () => {
    const asked = answer();
    await check(updater(null));
    const broken = updater('2.0.0');
    broken.checkForUpdates.mockRejectedValue(new Error('no network'));
    await check(broken);
    await check(null);
    expect(asked).toEqual([
      'Convas 1.0.0 is the newest version.',
      'Looking for a new version failed: no network.',
      expect.stringContaining('runs from its sources'),
    ]);
  });
});

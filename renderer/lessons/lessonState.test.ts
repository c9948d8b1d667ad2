// @vitest-environment jsdom

import { beforeEach, expect, it, vi } from 'vitest';

/** The page as it is when it is loaded again: all that is left is what it stored. */
async function load() {
  vi.resetModules();
  const [lessons, app, { lessonsComeBack }] = await Promise.all([
    import('./lessonState.ts'),
    import('../state/app.ts'),
    import('./comeBack.ts'),
  ]);
  await lessonsComeBack();
  const hide = () => app.useApp.setState(({ panels }) => ({ panels: { ...panels, bottom: false } }));
  return {
    ...lessons,
    hide,
    open: () => lessons.useLessons.getState().open,
    hasLowerPanel: () => app.useApp.getState().panels.bottom,
  };
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

it('a lesson has the lower panel’s room, and gives it back when it is closed', async () => {
  const page = await load();
  page.openLesson('03-pooling');
  page.openLesson('04-fully-connected');
  expect(page.hasLowerPanel()).toBe(false);
  page.openLesson(null);
  expect(page.hasLowerPanel()).toBe(true);
});

it('a lower panel that was hidden before a lesson stays hidden after it', async () => {
  const page = await load();
  page.hide();
  page.openLesson('03-pooling');
  page.openLesson(null);
  expect(page.hasLowerPanel()).toBe(false);
});

it('a lesson is open again after a reload, and still gives the room back', async () => {
  (await load()).openLesson('03-pooling');
  const page = await load();
  expect([page.open(), page.hasLowerPanel()]).toEqual(['03-pooling', false]);
  page.openLesson(null);
  expect(page.hasLowerPanel()).toBe(true);
});

it('the room of a lesson that does not come back is given back once', async () => {
  const first = await load();
  first.openLesson(`${first.ownLesson}mine`);
  const second = await load();
  expect([second.open(), second.hasLowerPanel()]).toEqual([null, true]);
  second.hide();
  expect((await load()).hasLowerPanel()).toBe(false);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../project.mjs';
import { command } from './scenes.mjs';

/** @typedef {import('./scenes.mjs').Scene} Scene */

const folder = at('shared/lessons/builtIn');

/**
 * A picture of each lesson beside its canvas, as `lesson-02-convolution`.
 *
 * @type {Readonly<Record<string, Scene>>}
 */
export const lessonScenes = Object.fromEntries(
  readdirSync(folder).map((id) => [
    `lesson-${id}`,
    async (page, t) => {
      await command(page, t, 'lessons');
      const title = titleOf(id, await page.evaluate(() => document.documentElement.lang));
      await page.getByRole('button', { name: t('lessons.open', { title }), exact: true }).click();
      await page.getByRole('article', { name: title }).waitFor();
      await page.locator('.react-flow__node').first().waitFor();
      // The lesson's own stepper comes later, and with the colours of its numbers.
      await page.waitForTimeout(1500);
    },
  ]),
);

/** @param {string} id @param {string} language */
function titleOf(id, language) {
  const text = readFileSync(join(folder, id, `lesson.${language}.md`), 'utf8');
  const title = /^title: (.*)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`Lesson ${id} has no title.`);
  return title.trim();
}

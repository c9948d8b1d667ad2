import type { TFunction } from 'i18next';

import type { Document } from '../../shared/document.ts';
import type { Analysis } from '../../shared/graph/analyze.ts';
import type { Problem } from '../../shared/problem.ts';
import { stepText } from '../state/stepText.ts';
import type { Saying } from '../state/talk.ts';
import { problemText } from '../ui/problemTexts.ts';
import { layerText } from './layerText.ts';

/** What those who see the canvas see at a glance. */
export interface Scene {
  readonly document: Document;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  readonly selection: ReadonlySet<string>;
  /** Another one once another project is on the screen. */
  readonly project: number;
}

/** What is known besides the scenes. */
export interface Aside {
  /** What was done since, oldest first. */
  readonly sayings?: readonly Saying[];
  /** Layers that are read out already, because they have the focus. */
  readonly heard?: ReadonlySet<string>;
}

/** So many layers are named one by one; more are counted. */
const named = 2;

/** What was done, and what is new in a scene, in one utterance; an empty text where nothing is. */
export function announcement(t: TFunction, before: Scene, after: Scene, aside: Aside = {}): string {
  const { sayings = [], heard = new Set<string>() } = aside;
  const selection = selectionText(t, before, after, heard);
  const done = sayings.flatMap((saying) => sayingText(t, saying, selection !== '') ?? []);
  const news =
    before.project !== after.project
      ? [openedText(t, after), problemsText(t, [], after.problems)]
      : [selection, shapesText(t, before, after), problemsText(t, before.problems, after.problems)];
  return [...new Set([...done, ...news])].filter((part) => part !== '').join(' ');
}

/** What was done, where the scene does not say it better. What is refused is a notification, which is read out itself. */
function sayingText(t: TFunction, saying: Saying, tellsSelection: boolean): string | undefined {
  switch (saying.type) {
    case 'done':
      if (saying.step.key === 'open') return undefined;
      return t('announce.done', { step: stepText(t, saying.step) });
    case 'undone':
    case 'redone':
      return t(`announce.${saying.type}`, { step: stepText(t, saying.step) });
    case 'selected':
      if (tellsSelection) return undefined;
      return saying.count === 0
        ? t('announce.noneSelected')
        : t('announce.selected', { count: saying.count });
    case 'noNeighbour':
      return t('editing.noNeighbour');
    default:
      return undefined;
  }
}

function openedText(t: TFunction, { document }: Scene): string {
  const count = document.nodes.length;
  return t('announce.opened', { name: document.name, count });
}

function selectionText(t: TFunction, before: Scene, after: Scene, heard: ReadonlySet<string>): string {
  const { selection } = after;
  if (sameSet(before.selection, selection) || selection.size === 0) return '';
  if (selection.size > 1) return t('announce.selected', { count: selection.size });
  const [id = ''] = selection;
  const layer = after.analysis.layers.get(id);
  if (layer === undefined || heard.has(id)) return '';
  const own = after.problems.filter(({ nodeId }) => nodeId === id);
  const node = after.document.nodes.find((one) => one.id === id);
  return `${layerText(t, layer, own, node)}.`;
}

function shapesText(t: TFunction, before: Scene, after: Scene): string {
  if (before.analysis === after.analysis) return '';
  const changed = [...after.analysis.layers.values()].filter(({ id, outputShape }) => {
    const was = before.analysis.layers.get(id);
    return was !== undefined && outputShape !== null && was.outputShape?.join() !== outputShape.join();
  });
  const [texts, more] = [changed.slice(0, named), changed.length - named];
  return [
    ...texts.map(({ id, outputShape }) =>
      t('announce.shape', { layer: id, shape: outputShape?.join(t('canvas.by')) ?? '' }),
    ),
    ...(more > 0 ? [t('announce.moreShapes', { count: more })] : []),
  ].join(' ');
}

function problemsText(t: TFunction, before: readonly Problem[], after: readonly Problem[]): string {
  const messages = (problems: readonly Problem[]) => new Set(problems.map(({ message }) => message));
  const [was, is] = [messages(before), messages(after)];
  const [first, ...others] = after.filter(({ message }) => !was.has(message));
  const mended = before.filter(({ message }) => !is.has(message)).length;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` ${t('announce.moreProblems', { count: others.length })}`;
    return `${t('announce.problem', { problem: problemText(t, first) })}${more}`;
  }
  if (mended === 0) return '';
  return after.length === 0 ? t('announce.allMended') : t('announce.mended', { count: after.length });
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a === b || (a.size === b.size && [...a].every((id) => b.has(id)));
}

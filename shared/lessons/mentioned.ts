import { problem, type Problem } from '../problem.ts';
import type { Document } from '../document.ts';
import type { TextPlace } from './fields.ts';
import type { Block } from './tree.ts';

/** What a text's lesson must have: its canvases, the first being the one that is meant where none is named, and pictures. */
export interface Belongings {
  readonly projects: readonly { readonly name: string; readonly document: Document }[];
  readonly pictures: ReadonlySet<string>;
}

/**
 * What a lesson's text mentions that is not there: layers that its projects do not have, projects and pictures that are
 * not in its folder. Goals of a network that is still to be built may name whatever they like.
 */
export function missingMentions(blocks: readonly Block[], belongings: Belongings): readonly Problem[] {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const tell = (code: 'lesson-no-file' | 'lesson-no-layer', place: TextPlace, name: string, project = '') => {
    const key = `${String(place.line)} ${project} ${name}`;
    if (told.has(key)) return;
    told.add(key);
    problems.push(
      problem(code, { file: place.file, line: place.line, name, ...(project === '' ? {} : { project }) }),
    );
  };
  const layer = (project: string | null, id: string, place: TextPlace) => {
    const found = belongings.projects.find(({ name }) => project === null || name === project);
    if (found === undefined) tell('lesson-no-file', place, `${project ?? id}.convas`);
    else if (id !== 'output' && !found.document.nodes.some((node) => node.id === id))
      tell('lesson-no-layer', place, id, `${found.name}.convas`);
  };
  for (const { thing, place } of things(blocks, { file: '', line: 1 })) {
    if (thing['type'] === 'image') {
      const file = String(thing['file']);
      if (!belongings.pictures.has(file)) tell('lesson-no-file', place, file);
    }
    if (thing['type'] === 'project' || (thing['type'] === 'layers' && thing['project'] !== null)) {
      const name = String(thing['project']);
      if (!belongings.projects.some((project) => project.name === name))
        tell('lesson-no-file', place, `${name}.convas`);
    }
    const named = layerNamed(thing);
    if (named !== null) layer(named.project, named.layer, place);
    if (thing['type'] === 'same-numbers')
      for (const name of ['dense', 'convolution'])
        layer(null, String(thing[name]).split('/').at(-1) ?? '', place);
  }
  return problems;
}

type Thing = Readonly<Record<string, unknown>>;

/** A layer that a part of a text is about. */
function layerNamed(thing: Thing): { readonly project: string | null; readonly layer: string } | null {
  const { type, kind, name, project = null, layer } = thing;
  const names =
    type === 'layer' || type === 'stepper' || type === 'quantity' || kind === 'shape' || kind === 'count';
  // What is counted are the layers of a kind.
  if (!names || name === 'count' || typeof layer !== 'string') return null;
  return { project: typeof project === 'string' ? project : null, layer };
}

/** Every part of a tree that is plain data, with the place in the text where it begins; but for goals. */
function* things(
  tree: unknown,
  above: TextPlace,
): Generator<{ readonly thing: Thing; readonly place: TextPlace }> {
  if (typeof tree !== 'object' || tree === null) return;
  const thing = tree as Thing;
  const { file, line } = thing;
  const place = typeof file === 'string' && typeof line === 'number' ? { file, line } : above;
  if (!Array.isArray(tree)) yield { thing, place };
  for (const [name, inner] of Object.entries(thing)) if (name !== 'goals') yield* things(inner, place);
}

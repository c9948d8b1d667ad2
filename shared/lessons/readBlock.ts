import { problem } from '../problem.ts';
import { parseExpression } from './expression.ts';
import { fieldReader, readFields, type TextPlace } from './fields.ts';
import type { InlineReader } from './inline.ts';
import { readExercise } from './readExercise.ts';
import type { Block } from './tree.ts';

/** Reads a fenced block: one of our own by its name, or any other as code. `place` is that of its first fence. */
export function readBlock(
  language: string,
  text: string,
  place: TextPlace,
  reader: InlineReader,
): readonly Block[] {
  const inside = { file: place.file, line: place.line + 1 };
  const lines = () =>
    text
      .split('\n')
      .map((line, index) => ({ line, at: { file: place.file, line: inside.line + index } }))
      .filter(({ line }) => line.trim() !== '');
  switch (language) {
    case 'formula':
      return [{ ...place, type: 'formula', lines: lines().map(({ line, at }) => reader.inline(line, at)) }];
    case 'bars': {
      const bars = lines().flatMap(({ line, at }) => {
        const split = line.lastIndexOf(': ');
        const source = line.slice(split + 2);
        const expression = split < 0 ? null : parseExpression(source);
        if (expression !== null) return [{ label: reader.inline(line.slice(0, split), at), expression }];
        reader.tell(problem('lesson-expression', { ...at, text: source.slice(0, 60) }));
        return [];
      });
      return [{ ...place, type: 'bars', bars }];
    }
    case 'layers':
    case 'stepper':
    case 'same-numbers': {
      const fields = readFields(text, inside);
      if (!fields.ok) {
        for (const found of fields.problems) reader.tell(found);
        return [];
      }
      const expected = {
        layers: { project: 'maybe' },
        stepper: { layer: 'maybe' },
        'same-numbers': { dense: 'once', convolution: 'once' },
      } as const;
      const { find, text: textOf, problems } = fieldReader(fields.value, expected[language], place);
      for (const found of problems) reader.tell(found);
      if (language === 'layers')
        return [{ ...place, type: language, project: find('project')?.value ?? null }];
      if (language === 'stepper') return [{ ...place, type: language, layer: find('layer')?.value ?? null }];
      return [{ ...place, type: language, dense: textOf('dense'), convolution: textOf('convolution') }];
    }
    case 'exercise': {
      const exercise = readExercise(text, place, reader);
      return exercise === null ? [] : [{ ...place, type: 'exercise', exercise }];
    }
    default:
      return [{ ...place, type: 'code', text }];
  }
}

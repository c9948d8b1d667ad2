import { describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { applyEdit } from '../graph/applyEdit.ts';
import { trainingProblems } from '../graph/preflight.ts';
import en from '../i18n/en.json' with { type: 'json' };
import { deepFreeze } from '../testing/networks.ts';
import { problemExamples } from './examples.ts';
import { exampleDocument, problemsOf } from './raise.ts';

const examples = Object.entries(problemExamples);

/** Codes that come with another of the same example: the manifest stays unread, and its weights are left. */
const accompanied = new Set(['weights-of-other-type', 'quantized-weights']);

describe('the catalogue of problems', () => {
  it('has an example for each code, and no other', () => {
    expect(Object.keys(problemExamples).sort()).toEqual(Object.keys(en.problem).sort());
  });

  it.each(examples.filter(([, { type }]) => type !== 'machine'))(
    '%s is raised by its example, alone',
    (code, example) => {
      const codes = new Set(problemsOf(example).map((problem) => problem.code));
      expect([...codes].filter((other) => !accompanied.has(code) || other !== 'weights-left-out')).toEqual([
        code,
      ]);
    },
  );

  it.each(examples.filter(([, { type }]) => type === 'network' || type === 'memory'))(
    '%s is mended by what it offers',
    (code, example) => {
      if (example.type !== 'network' && example.type !== 'memory') return;
      const document = deepFreeze(exampleDocument(example.project));
      const [problem] = problemsOf(example);
      for (const fix of problem?.fixes ?? []) {
        const mended = applyEdit(document, fix.edit);
        expect(mended, fix.label).not.toBe(document);
        expect(parseDocument(serializeDocument(mended)).ok, fix.label).toBe(true);
        const left =
          example.type === 'memory'
            ? problemsOf({ ...example, project: mended })
            : trainingProblems(mended, analyze(mended));
        expect(
          left.map((other) => other.code),
          fix.label,
        ).not.toContain(code);
      }
    },
  );

  it('offers something for every error of a network that a change of the network can mend', () => {
    const without = examples.filter(
      ([, example]) => example.type === 'network' && problemsOf(example)[0]?.fixes.length === 0,
    );
    expect(without.map(([code]) => code)).toEqual(['empty-network']);
  });
});

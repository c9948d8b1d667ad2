import { importModel } from '../compile/importModel.ts';
import { checkWeightsManifest } from '../compile/weightsManifest.ts';
import { parseDocument, readDocument, type Document } from '../document.ts';
import { fileKind, textProblem } from '../files/fileKind.ts';
import { admitExport, admitTraining } from '../graph/admission.ts';
import { analyze } from '../graph/analyze.ts';
import { blocksOf } from '../graph/blockProject.ts';
import { connectionProblem } from '../graph/edit.ts';
import { networkProblems, trainingProblems } from '../graph/preflight.ts';
import type { Problem, Result } from '../problem.ts';
import type { ProblemExample } from './example.ts';

/** What an example raises: nothing where it is trouble of the machine. */
export function problemsOf(example: ProblemExample): readonly Problem[] {
  switch (example.type) {
    case 'network': {
      const document = exampleDocument(example.project);
      const problems = example.untrained === true ? networkProblems : trainingProblems;
      return problems(document, analyze(document));
    }
    case 'edge': {
      const refused = connectionProblem(exampleDocument(example.project), example.edge);
      return refused === undefined ? [] : [refused];
    }
    case 'file': {
      const read = parseDocument(example.text?.() ?? JSON.stringify(example.project));
      return refusalsOf(example.forBlocks === true && read.ok ? blocksOf(read.value) : read);
    }
    case 'model': {
      const imported = importModel(example.model);
      return imported.ok ? imported.value.notes : imported.problems;
    }
    case 'weights':
      return refusalsOf(checkWeightsManifest(example.manifest));
    case 'bytes': {
      const kind = fileKind(Uint8Array.from(example.bytes));
      return kind.type === 'other' ? [kind.problem] : [];
    }
    case 'text': {
      const told = textProblem(example.text);
      return told === undefined ? [] : [told];
    }
    case 'memory':
      return refusalsOf((example.export ? admitExport : admitTraining)(example.project, example.bytes));
    case 'machine':
      return [];
  }
}

/**
 * The document of an example.
 *
 * @throws Error where no file could say so.
 */
export function exampleDocument(project: object): Document {
  const read = readDocument(project);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}

function refusalsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

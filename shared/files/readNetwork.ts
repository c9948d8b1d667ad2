import { importModel, isModel } from '../compile/importModel.ts';
import type { WeightsGroup } from '../compile/weightsManifest.ts';
import { isProject, readProject, type Document } from '../document.ts';
import { parseJson } from '../plainData.ts';
import { failed, fine, type Problem, type Result } from '../problem.ts';
import { textProblem } from './fileKind.ts';

/** A network read from a file's text, and what of the file was left behind. */
export interface ReadNetwork {
  readonly document: Document;
  readonly notes: readonly Problem[];
  /** Whether the file is a project itself, which Save may write over. */
  readonly isProject: boolean;
  /** Files that the weights lie in, beside a model.json; they are not read. */
  readonly weights: readonly WeightsGroup[];
}

/** JSON that was written as a text within JSON more often than this is no network. */
const mostQuotings = 3;

/**
 * Reads a project, or a network of Keras or TensorFlow.js in any of its forms, recognised by its content. Never throws;
 * says of anything else what it is and what to do.
 */
export function readNetworkText(text: string): Result<ReadNetwork> {
  const wrong = textProblem(text);
  if (wrong !== undefined) return failed(wrong);
  let parsed = parseJson(text);
  // `json.dumps(model.to_json())` and `JSON.stringify(model.toJSON())` are JSON within JSON.
  for (let quoting = 0; quoting < mostQuotings; quoting += 1) {
    if (!parsed.ok || typeof parsed.value !== 'string') break;
    parsed = parseJson(parsed.value);
  }
  if (!parsed.ok) return parsed;
  if (!isProject(parsed.value) && isModel(parsed.value)) {
    const imported = importModel(parsed.value);
    return imported.ok ? fine({ ...imported.value, isProject: false }) : imported;
  }
  const document = readProject(parsed.value);
  return document.ok ? fine({ document: document.value, notes: [], isProject: true, weights: [] }) : document;
}

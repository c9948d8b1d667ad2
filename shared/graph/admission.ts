import { readDocument, type Document } from '../document.ts';
import { failed, fine, hasErrors, problem, type Problem, type Result } from '../problem.ts';
import { analyze, type Analysis } from './analyze.ts';
import { memoryProblem } from './cost.ts';
import { datasetProblems, trainingProblems } from './preflight.ts';

/** A document without errors, small enough for the machine. */
export interface Admitted {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Whether its dataset's pictures fit into it. */
  readonly fitsDataset: boolean;
}

/** Examples that an export is compared on at once, for the memory estimate. */
const exportBatch = 2;
/** The model, what is written of it, and the model that is read back. */
const exportCopies = 6;

/**
 * Reads a document and says all that stands against training it, before anything is allocated.
 * `availableMemory` in bytes.
 */
export function admitTraining(data: unknown, availableMemory: number): Result<Admitted> {
  return admit(data, availableMemory, trainingProblems, ({ training }) => training.batchSize);
}

/** The same for writing its model, for which it needs no dataset. */
export function admitExport(data: unknown, availableMemory: number): Result<Admitted> {
  const admitted = admit(
    data,
    availableMemory,
    (_document, analysis) => analysis.problems,
    () => exportBatch,
    exportCopies,
  );
  return admitted.ok ? admitted : { ok: false, problems: admitted.problems.map(ofExport) };
}

/** Nobody asked for batches who exports. */
function ofExport(refusal: Problem): Problem {
  const { code, values, ...more } = refusal;
  return code === 'out-of-memory' ? problem('export-out-of-memory', values, more) : refusal;
}

function admit(
  data: unknown,
  availableMemory: number,
  problemsOf: (document: Document, analysis: Analysis) => readonly Problem[],
  batchSizeOf: (document: Document) => number,
  copies?: number,
): Result<Admitted> {
  const read = readDocument(data);
  if (!read.ok) return read;
  const document = read.value;
  const analysis = analyze(document);
  const errors = problemsOf(document, analysis).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { ok: false, problems: errors };
  const memory = memoryProblem(document, analysis, batchSizeOf(document), availableMemory, copies);
  if (memory !== undefined) return failed(memory);
  const fitsDataset = document.dataset !== null && !hasErrors(datasetProblems(document, analysis));
  return fine({ document, analysis, fitsDataset });
}

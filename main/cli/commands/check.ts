import { analyze } from '../../../shared/graph/analyze.ts';
import { memoryProblem } from '../../../shared/graph/cost.ts';
import { networkProblems } from '../../../shared/graph/preflight.ts';
import { hasErrors } from '../../../shared/problem.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import { paint, problemText, type Output } from '../output.ts';

/** `convas check FILE`: everything for which a training would be refused, but that there is no dataset yet. */
export async function check(file: string, output: Output): Promise<number> {
  const network = await readNetwork(file);
  if (!network.ok) {
    output.result({ name: file, ok: false, problems: network.problems }, () =>
      network.problems.map(problemText).join('\n'),
    );
    return network.exitCode;
  }
  const { document, notes } = network;
  const analysis = analyze(document);
  const problems = [...notes, ...networkProblems(document, analysis)];
  // A network without dataset is not to be trained yet, with whatever batches.
  if (document.dataset !== null && !hasErrors(problems)) {
    const { batchSize } = document.training;
    const memory = memoryProblem(document, analysis, batchSize, process.availableMemory());
    if (memory !== undefined) problems.push(memory);
  }
  const ok = !hasErrors(problems);
  output.result({ name: document.name, ok, problems }, () =>
    [
      ...problems.map(problemText),
      ok ? paint('green', `${document.name}: no errors.`) : `${document.name}: not ready to train.`,
    ].join('\n'),
  );
  return ok ? exitCodes.fine : exitCodes.problems;
}

import type { Core } from '../../core/core.ts';
import { compareEngines } from '../../core/engineComparison.ts';
import type { EngineResult, EngineWay } from '../../../shared/rpc/interpretation.ts';
import { exitCodes } from '../exitCodes.ts';
import { table, type Output } from '../output.ts';
import { refuse } from '../refusal.ts';
import { findRun } from '../runs.ts';

const titles: Record<EngineWay, string> = {
  native: 'TensorFlow',
  nativeOnProcessor: 'TensorFlow on the processor',
  wasm: 'WebAssembly',
};

/** `convas evaluate RUN --engines`: the test set by every engine that there is, and how far their answers are apart. */
export async function compare(core: Core, run: string, output: Output): Promise<number> {
  const found = await findRun(core, run);
  if (!found.ok) return refuse(output, found.problems, exitCodes.usage);
  const compared = compareEngines(core.startTrainer, found.value.source);
  if (!compared.ok) return refuse(output, compared.problems, exitCodes.problems);
  if (!output.json) output.note('Going through the test set with every engine …');
  const engines: EngineResult[] = [];
  for await (const one of compared.value) {
    if (!output.json) output.problems(one.problems);
    engines.push(one);
  }
  output.result({ engines }, () =>
    table([
      ['engine', 'version', 'device', 'accuracy', 'loss', 'seconds', 'difference'],
      ...engines.map(({ way, result }) =>
        result === null
          ? [titles[way], '–', '–', '–', '–', '–', '–']
          : [
              titles[way],
              result.engine.version,
              result.engine.device,
              `${(100 * result.accuracy).toFixed(2)} %`,
              result.loss.toFixed(4),
              result.seconds.toFixed(1),
              result.difference?.toExponential(1) ?? '–',
            ],
      ),
    ]),
  );
  return engines.some(({ result }) => result !== null) ? exitCodes.fine : exitCodes.runFailed;
}

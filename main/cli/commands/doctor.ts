import type { Core } from '../../core/core.ts';
import { exitCodes } from '../exitCodes.ts';
import { paint, type Output } from '../output.ts';

/** `convas doctor`: which engine trains, and why not a better one. */
export async function doctor(core: Core, output: Output): Promise<number> {
  const { report } = await core.supervisor.ready('auto');
  const { engine, rungs, dataset } = report;
  const { folder } = await core.logs();
  output.result({ ...report, logs: folder }, () =>
    [
      `Engine   ${engine.name} ${engine.version}, ${engine.device}, ${engine.mode}, ${String(engine.threads)} threads`,
      ...rungs.map(
        ({ name, ok, reason }) => `  ${ok ? paint('green', '✓') : paint('red', '✗')} ${name}: ${reason}`,
      ),
      `Dataset  ${dataset.ok ? paint('green', '✓') : paint('red', '✗')} ${dataset.path}`,
      `Log      ${folder}`,
    ].join('\n'),
  );
  return dataset.ok ? exitCodes.fine : exitCodes.problems;
}

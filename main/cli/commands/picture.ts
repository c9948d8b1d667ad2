import { resolve } from 'node:path';

import { atomicWrite } from '../../core/atomicWrite.ts';
import { reasonOf } from '../../core/runFolder.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { drawPicture, type PictureOptions } from '../../../shared/picture/index.ts';
import { hasErrors, problem, type Problem } from '../../../shared/problem.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import { paint, type Output } from '../output.ts';

/** `convas picture FILE`: an SVG of the network; a broken one is drawn as far as it goes. */
export async function picture(
  file: string,
  { out, ...options }: PictureOptions & { readonly out?: string | undefined },
  output: Output,
): Promise<number> {
  const network = await readNetwork(file);
  if (!network.ok) return refuse(output, network.problems, network.exitCode);
  const { document, notes } = network;
  const analysis = analyze(document);
  const problems = [...notes, ...analysis.problems];
  const { svg, width, height } = drawPicture(document, options, analysis);
  if (out !== undefined) {
    try {
      await atomicWrite(resolve(out), svg, 0o644);
    } catch (error) {
      return refuse(
        output,
        [problem('unwritable-folder', { path: out, reason: reasonOf(error) })],
        exitCodes.usage,
      );
    }
  }
  if (!output.json) output.problems(problems);
  const { kind, theme } = options;
  output.result(
    { kind, theme, width, height, ...(out === undefined ? { svg } : { out: resolve(out) }), problems },
    () => (out === undefined ? svg.trimEnd() : paint('green', `Written: ${resolve(out)}`)),
  );
  return hasErrors(problems) ? exitCodes.problems : exitCodes.fine;
}

function refuse(output: Output, problems: readonly Problem[], exitCode: number): number {
  if (output.json) output.result({ problems }, () => '');
  else output.problems(problems);
  return exitCode;
}

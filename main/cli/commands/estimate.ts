import type { Core } from '../../core/core.ts';
import type { EngineChoice } from '../../../shared/engine.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Estimate } from '../../../shared/training/estimate.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import type { Output } from '../output.ts';
import { withOptions } from '../trainOptions.ts';

export interface EstimateOptions {
  readonly batchSize?: number | undefined;
  readonly engine: EngineChoice;
}

/** `convas estimate FILE`: how long an epoch takes on this machine, by a few steps that are thrown away. */
export async function estimate(
  core: Core,
  file: string,
  options: EstimateOptions,
  output: Output,
): Promise<number> {
  const network = await readNetwork(file);
  if (!network.ok) return refuse(output, network.problems, network.exitCode);
  output.problems(network.notes);
  const document = withOptions(network.document, options);
  if (!document.ok) return refuse(output, document.problems, exitCodes.usage);
  const measured = await core.runs.estimate({ document: document.value, engine: options.engine });
  if (!measured.ok) return refuse(output, measured.problems, exitCodes.problems);
  const { value } = measured;
  if (value === null) return exitCodes.runFailed;
  const { epochs } = document.value.training;
  output.result({ ...value, epochs }, () => text(value, epochs));
  return exitCodes.fine;
}

function refuse(output: Output, problems: readonly Problem[], exitCode: number): number {
  if (output.json) output.result({ problems }, () => '');
  else output.problems(problems);
  return exitCode;
}

function text(estimate: Estimate, epochs: number): string {
  const { secondsPerEpoch, trainingSeconds, validationSeconds, examplesPerSecond, engine } = estimate;
  return [
    `About ${seconds(secondsPerEpoch)} an epoch, ${seconds(secondsPerEpoch * epochs)} for ${String(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`,
    `  training    ${seconds(trainingSeconds)}, ${String(Math.round(examplesPerSecond))} images/s`,
    `  validation  ${seconds(validationSeconds)}`,
    `  measured    ${String(estimate.steps)} steps in ${estimate.measuredSeconds.toFixed(1)} s on ${engine.name} ${engine.version} (${engine.device}, ${String(engine.threads)} threads)`,
  ].join('\n');
}

function seconds(value: number): string {
  return `${value < 9.95 ? value.toFixed(1) : String(Math.round(value))} s`;
}

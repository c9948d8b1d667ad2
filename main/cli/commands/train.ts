import { SingleBar } from 'cli-progress';

import type { Core } from '../../core/core.ts';
import { newRunId } from '../../core/runFolder.ts';
import type { Run } from '../../core/runs.ts';
import type { EngineChoice } from '../../../shared/engine.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { PreparingStage, TrainEvent } from '../../../shared/training/events.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import { paint, problemText, whenReaderGoes, type Output } from '../output.ts';
import { withOptions, type GivenSettings } from '../trainOptions.ts';

export interface TrainOptions extends GivenSettings {
  readonly limit?: number | undefined;
  readonly engine: EngineChoice;
  readonly out?: string | undefined;
}

/** `convas train FILE`: trains with a progress bar, or as JSON a line an event. Ctrl-C keeps what was learned. */
export async function train(
  core: Core,
  file: string,
  options: TrainOptions,
  output: Output,
): Promise<number> {
  const network = await readNetwork(file);
  if (!network.ok) return refuse(output, network.problems, network.exitCode);
  output.problems(network.notes);
  const document = withOptions(network.document, options);
  if (!document.ok) return refuse(output, document.problems, exitCodes.usage);

  const { engine, limit = null, out } = options;
  const started = await core.runs.start({ document: document.value, engine, limit, folder: out });
  if (!started.ok) {
    const usage = started.problems.some(
      ({ code }) => code === 'folder-not-empty' || code === 'unwritable-folder',
    );
    return refuse(output, started.problems, usage ? exitCodes.usage : exitCodes.problems);
  }
  const run = started.value;
  const interrupted = stopOnSignals(core, run, output);
  const events = await core.runs.watch(run.runId, 0);
  if (!events.ok) return refuse(output, events.problems, exitCodes.runFailed, run.runId);
  const show = output.json ? createLines() : createProgress(output);
  for await (const group of events.value) for (const event of group) show(event);

  const last = await run.finished;
  if (!output.json) output.note(`Run: ${run.folder}`);
  if (last.type === 'failed') return exitCodes.runFailed;
  return interrupted() ?? exitCodes.fine;
}

/** A line like those of a run, so that who reads them needs no second form; a run that never was has an id too. */
function refuse(
  output: Output,
  problems: readonly Problem[],
  exitCode: number,
  runId = newRunId('refused'),
): number {
  const line = { type: 'failed', runId, seq: 0, problem: problems[0], problems };
  if (output.json) output.result(line, () => '');
  else output.problems(problems);
  return exitCode;
}

/** One press of Ctrl-C may come twice: from the terminal, and once more from npm, which passes it on. */
const samePress = 1000;

/**
 * The first Ctrl-C stops after the batch, the second at once. A terminal or a reader of the output that goes away
 * stops it too. Gives the exit code of what came.
 */
function stopOnSignals(core: Core, run: Run, output: Output): () => number | undefined {
  let exitCode: number | undefined;
  let pressedAt = 0;
  const stop = (code: number) => {
    exitCode ??= code;
    core.runs.stop(run.runId);
  };
  const onSignal = (code: number) => () => {
    const now = performance.now();
    if (exitCode === undefined) {
      pressedAt = now;
      output.note('\nStopping after this batch; press again to stop at once without saving …');
      stop(code);
    } else if (now - pressedAt > samePress) {
      // The trainer is ended at once; what else closing does is not waited for.
      void core.close();
      process.exit(code);
    }
  };
  process.on('SIGINT', onSignal(exitCodes.interrupted));
  process.on('SIGTERM', onSignal(exitCodes.terminated));
  process.on('SIGHUP', () => stop(exitCodes.hungUp));
  whenReaderGoes(() => stop(exitCodes.fine));
  return () => exitCode;
}

/** A line for each event, numbered from 0, `started` first: what is waited for before is a person's concern. */
function createLines(): (event: TrainEvent) => void {
  let seq = 0;
  return (event) => {
    if (event.type === 'preparing') return;
    process.stdout.write(`${JSON.stringify({ ...event, seq })}\n`);
    seq += 1;
  };
}

const preparing: Record<PreparingStage, string> = {
  engine: 'Starting TensorFlow',
  data: 'Reading the pictures',
  network: 'Building the network',
  firstBatch: 'First batch',
};

/** Shows events to a person: a bar that moves with every batch, a line for every epoch. */
function createProgress(output: Output): (event: TrainEvent) => void {
  const bar = new SingleBar({
    format:
      ' epoch {epoch} {bar} {value}/{total}  loss {loss}  accuracy {accuracy}  {speed} images/s  {eta_formatted} left',
    stream: process.stderr,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    // Where the output is a file there is no bar, only the epochs' lines.
    noTTYOutput: false,
  });
  let [epochs, batches] = [0, 0];
  /** The cause that the epoch before told: once is enough. */
  let said: string | undefined;
  return (event) => {
    switch (event.type) {
      case 'preparing':
        output.note(paint('dim', `${preparing[event.stage]} …`));
        break;
      case 'started': {
        ({ epochs, batchesPerEpoch: batches } = event);
        const { name, version, device, threads } = event.engine;
        output.note(
          `${String(event.trainExamples)} training and ${String(event.testExamples)} test pictures on ${name} ${version} (${device}, ${String(threads)} threads)`,
        );
        break;
      }
      case 'batch':
        if (event.batch === 0) bar.start(batches, 0, { epoch: `${String(event.epoch)}/${String(epochs)}` });
        bar.update(event.batch + 1, {
          epoch: `${String(event.epoch)}/${String(epochs)}`,
          loss: event.loss.toFixed(4),
          accuracy: percent(event.accuracy),
          speed: String(Math.round(event.examplesPerSecond)),
        });
        break;
      case 'epoch':
        bar.stop();
        output.note(
          `epoch ${String(event.epoch)}/${String(epochs)}  loss ${event.loss.toFixed(4)}  accuracy ${percent(event.accuracy)}  test loss ${event.valLoss.toFixed(4)}  test accuracy ${percent(event.valAccuracy)}  ${event.seconds.toFixed(1)} s  ${String(Math.round(event.examplesPerSecond))} images/s`,
        );
        if (event.cause !== undefined && event.cause.code !== said) output.note(problemText(event.cause));
        said = event.cause?.code;
        break;
      case 'checkpoint':
        break;
      case 'stopped':
      case 'done': {
        bar.stop();
        const { receipt } = event;
        const reached = event.valAccuracy === null ? '' : ` ${percent(event.valAccuracy)} on the test set.`;
        output.note(
          paint(
            event.type === 'done' ? 'green' : 'yellow',
            `${event.type === 'done' ? 'Done.' : 'Stopped.'}${reached}`,
          ),
        );
        output.note(
          `${event.model} reloaded and compared on ${String(receipt.examples)} test pictures: largest difference ${receipt.maxAbsDifference.toExponential(1)}`,
        );
        break;
      }
      case 'failed':
        bar.stop();
        output.note(problemText(event.problem));
        if (event.cause !== undefined) output.note(problemText(event.cause));
    }
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

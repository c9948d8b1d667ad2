import { Command, CommanderError, InvalidArgumentError, Option } from '@commander-js/extra-typings';

import { convasVersion } from '../core/version.ts';
import type { Core } from '../core/core.ts';
import type { LogName } from '../core/log.ts';
import { frameworks } from '../../shared/codegen/code.ts';
import { explanationMethodSchema } from '../../shared/rpc/interpretation.ts';
import { exitCodes } from './exitCodes.ts';
import { createOutput, watchReaders, type Output } from './output.ts';

// Where the built program lies: the trainer beside it, the page's folder next to it.
const programFolder = import.meta.dirname;

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${String(min)} to ${String(max)}.`);
  };
}

/** Runs a command that needs the core, and ends the trainer after it. */
async function withCore(
  command: (core: Core) => Promise<number>,
  logName: LogName = 'command-line',
): Promise<void> {
  const { startCore } = await import('./core.ts');
  const core = startCore(programFolder, logName);
  try {
    process.exitCode = await command(core);
  } finally {
    await core.close();
  }
}

const outputFor = ({ json }: { json?: true | undefined }): Output => createOutput(json === true);
const jsonOption = ['--json', 'write the result as JSON to standard output'] as const;
const file = [
  '<file>',
  'a .convas project, a template’s id, a TensorFlow.js model.json, or - for standard input',
] as const;

const program = new Command('convas')
  .description('Draw a convolutional network, see every shape, train it, export model.json.')
  .version(convasVersion)
  .exitOverride()
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

program
  .command('templates')
  .description('list the example networks')
  .option(...jsonOption)
  .action(async (options) => {
    const { listTemplates } = await import('./commands/templates.ts');
    process.exitCode = listTemplates(outputFor(options));
  });

program
  .command('check')
  .description('say what is wrong with a network, with its arithmetic and what would mend it')
  .argument(...file)
  .option(...jsonOption)
  .action(async (name, options) => {
    const { check } = await import('./commands/check.ts');
    process.exitCode = await check(name, outputFor(options));
  });

program
  .command('summary')
  .description('show every layer: shapes, weights, counts, arithmetic')
  .argument(...file)
  .option('--batch <n>', 'put a batch in front of the shapes', wholeNumber(1, 65_536))
  .option(...jsonOption)
  .action(async (name, options) => {
    const { summary } = await import('./commands/summary.ts');
    process.exitCode = await summary(name, options.batch, outputFor(options));
  });

program
  .command('train')
  .description('train a network and keep the run; Ctrl-C keeps what was learned')
  .argument(...file)
  .option('--epochs <n>', 'times through the training set', wholeNumber(1, 100_000))
  .option('--batch-size <n>', 'pictures in each step', wholeNumber(1, 65_536))
  .option('--limit <n>', 'use only so many training pictures', wholeNumber(1, 1_000_000))
  .option('--seed <n>', 'for initial weights, order and dropout', wholeNumber(0, 2_147_483_647))
  .addOption(
    new Option('--engine <name>', 'what computes')
      .choices(['auto', 'native', 'wasm'] as const)
      .default('auto' as const),
  )
  .option('--out <dir>', 'the run’s folder, empty or not there yet')
  .option(...jsonOption)
  .action(async (name, options) => {
    const { train } = await import('./commands/train.ts');
    await withCore((core) => train(core, name, options, outputFor(options)));
  });

program
  .command('estimate')
  .description('tell how long an epoch takes here, measured for two seconds')
  .argument(...file)
  .option('--batch-size <n>', 'pictures in each step', wholeNumber(1, 65_536))
  .addOption(
    new Option('--engine <name>', 'what computes')
      .choices(['auto', 'native', 'wasm'] as const)
      .default('auto' as const),
  )
  .option(...jsonOption)
  .action(async (name, options) => {
    const { estimate } = await import('./commands/estimate.ts');
    await withCore((core) => estimate(core, name, options, outputFor(options)));
  });

program
  .command('export')
  .description('write the model with its weights: for TensorFlow.js, or as Keras or PyTorch source')
  .argument('<file or run>', 'a network as above, or a run’s folder or id')
  .addOption(
    new Option('--format <name>', 'what is written')
      .choices(['tfjs', ...frameworks] as const)
      .default('tfjs' as const),
  )
  .requiredOption('--out <dir>', 'the model’s folder, empty or not there yet')
  .option(...jsonOption)
  .action(async (what, options) => {
    const { exportModel } = await import('./commands/export.ts');
    await withCore((core) => exportModel(core, what, options, outputFor(options)));
  });

program
  .command('picture')
  .description('draw the network as SVG: its graph, a textbook figure or its table')
  .argument(...file)
  .addOption(
    new Option('--kind <name>', 'what is drawn')
      .choices(['graph', 'figure', 'analysis'] as const)
      .default('graph' as const),
  )
  .addOption(
    new Option('--theme <name>', 'in which colours')
      .choices(['light', 'dark', 'print'] as const)
      .default('light' as const),
  )
  .addOption(
    new Option('--language <name>', 'in which words')
      .choices(['en', 'zh-TW'] as const)
      .default('en' as const),
  )
  .option('--out <file>', 'where it is written; standard output without it')
  .option(...jsonOption)
  .action(async (name, options) => {
    const { picture } = await import('./commands/picture.ts');
    process.exitCode = await picture(name, options, outputFor(options));
  });

const run = ['<run>', 'a run’s folder or id'] as const;

program
  .command('predict')
  .description('tell which class pictures are of, with all probabilities')
  .argument(...run)
  .argument(
    '<picture...>',
    'PNG or JPEG files: 28 × 28 as they are, others cut out and centred as MNIST’s were',
  )
  .option(...jsonOption)
  .action(async (name, pictures, options) => {
    const { predict } = await import('./commands/predict.ts');
    await withCore((core) => predict(core, name, pictures, outputFor(options)));
  });

program
  .command('explain')
  .description('draw what a network looks at in a picture')
  .argument(...run)
  .argument('<picture>', 'a PNG or JPEG file, taken as by predict')
  .addOption(
    new Option('--method <name>', 'how it is asked')
      .choices(explanationMethodSchema.options)
      .default('grad-cam' as const),
  )
  .option(
    '--layer <id>',
    'whose maps are weighed or projected; without it the last convolution’s of more than one place',
  )
  .option('--class <n>', 'which class speaks; the most probable without it', wholeNumber(0, 65_535))
  .option('--channel <n>', 'deconvnet: which feature map; the strongest without it', wholeNumber(0, 65_535))
  .requiredOption('--out <file>', 'the PNG that is written')
  .option(...jsonOption)
  .action(async (name, picture, options) => {
    const { explain } = await import('./commands/explain.ts');
    await withCore((core) => explain(core, name, picture, options, outputFor(options)));
  });

program
  .command('evaluate')
  .description('go through the whole test set: accuracy, confusion matrix, each class by itself')
  .argument(...run)
  .option('--engines', 'only compare all engines of this machine')
  .option(...jsonOption)
  .action(async (name, options) => {
    if (options.engines === true) {
      const { compare } = await import('./commands/compareEngines.ts');
      await withCore((core) => compare(core, name, outputFor(options)));
    } else {
      const { evaluate } = await import('./commands/evaluate.ts');
      await withCore((core) => evaluate(core, name, outputFor(options)));
    }
  });

program
  .command('serve')
  .description('serve the designer as a page of this machine')
  .option('--port <n>', 'its port; 4747 where that is free', wholeNumber(0, 65_535))
  .option('--no-open', 'only print the address')
  .option(...jsonOption)
  .action(async (options) => {
    const { serve } = await import('./commands/serve.ts');
    await withCore((core) => serve(core, programFolder, options, outputFor(options)), 'server');
  });

program
  .command('doctor')
  .description('tell which engine trains, and why not a better one')
  .option(...jsonOption)
  .action(async (options) => {
    const { doctor } = await import('./commands/doctor.ts');
    await withCore((core) => doctor(core, outputFor(options)));
  });

watchReaders();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version are no errors; everything else that commander says is wrong usage.
    process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.runFailed;
  }
}

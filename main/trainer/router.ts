import { implement } from '@orpc/server';

import { admitExport, admitTraining } from '../../shared/graph/admission.ts';
import { problem, type Result } from '../../shared/problem.ts';
import { trainerContract } from '../../shared/rpc/contract.ts';
import { mnistFolder, readMnist, type PictureDataset } from './dataset/mnist.ts';
import { picturesAt, samplesOf } from './dataset/samples.ts';
import { loadEngine, type Engine } from './engine/index.ts';
import { createEstimates } from './estimates.ts';
import { createInterpreter } from './interpretation/interpreter.ts';
import { createInterpretationRouter } from './interpretation/router.ts';
import { exportDocument, train } from './session.ts';
import { estimateEpoch } from './training/estimate.ts';

const os = implement(trainerContract);

/** The trainer process's handlers. It has one engine and one dataset, loaded when first needed, and trains one network at a time. */
export function createTrainerRouter() {
  let engine: Promise<Result<Engine>> | undefined;
  let dataset: Promise<Result<PictureDataset>> | undefined;
  let stopping = false;
  let trainings = 0;
  const estimates = createEstimates();
  const interpreter = createInterpreter(() => theEngine());

  const theEngine = async () => {
    const loaded = await engine;
    // Before `prepare` nothing is known of the machine's engine; the core always prepares first.
    if (loaded?.ok !== true) throw new Error('The engine was not prepared.');
    return loaded.value;
  };
  const theDataset = () => (dataset ??= readMnist());

  return os.router({
    prepare: os.prepare.handler(async ({ input, errors }) => {
      engine ??= loadEngine({ choice: input.engine, folder: input.engineFolder ?? undefined });
      const [loaded, pictures] = await Promise.all([engine, theDataset()]);
      if (!loaded.ok) throw errors.REFUSED({ data: { problems: [...loaded.problems] } });
      const { info, rungs } = loaded.value;
      return { engine: info, rungs: [...rungs], dataset: { path: mnistFolder(), ok: pictures.ok } };
    }),
    interpretation: createInterpretationRouter(interpreter, theEngine, theDataset),
    testPictures: os.testPictures.handler(async ({ input, errors }) => {
      const pictures = await theDataset();
      if (!pictures.ok) throw errors.REFUSED({ data: { problems: [...pictures.problems] } });
      return picturesAt(pictures.value.test, Uint32Array.from(input.indices));
    }),
    samples: os.samples.handler(async ({ input, errors }) => {
      const pictures = await theDataset();
      if (!pictures.ok) throw errors.REFUSED({ data: { problems: [...pictures.problems] } });
      return samplesOf(pictures.value.train, input.count, input.seed);
    }),
    train: os.train.handler(async function* ({ input, errors }) {
      stopping = false;
      trainings += 1;
      try {
        await estimates.end();
        const job = admitTraining(input.document, process.availableMemory());
        if (!job.ok) throw errors.REFUSED({ data: { problems: [...job.problems] } });
        yield* train(await theEngine(), theDataset, { ...input, ...job.value }, () => stopping, {
          live: interpreter.setLive,
        });
      } finally {
        trainings -= 1;
      }
    }),
    stop: os.stop.handler(async () => {
      stopping = true;
      await estimates.end();
      return null;
    }),
    estimate: os.estimate.handler(({ input, errors, signal }) =>
      estimates.run(async (shouldEnd) => {
        if (trainings > 0) throw errors.REFUSED({ data: { problems: [problem('training-runs')] } });
        const job = admitTraining(input.document, process.availableMemory());
        if (!job.ok) throw errors.REFUSED({ data: { problems: [...job.problems] } });
        const pictures = await theDataset();
        if (!pictures.ok) throw errors.REFUSED({ data: { problems: [...pictures.problems] } });
        const isEnded = () => shouldEnd() || signal?.aborted === true;
        return estimateEpoch(await theEngine(), pictures.value, job.value, isEnded);
      }),
    ),
    exportModel: os.exportModel.handler(async ({ input, errors }) => {
      await estimates.end();
      const admitted = admitExport(input.document, process.availableMemory());
      if (!admitted.ok) throw errors.REFUSED({ data: { problems: [...admitted.problems] } });
      const pictures = admitted.value.fitsDataset ? await theDataset() : undefined;
      const job = { ...admitted.value, weights: input.weights, folder: input.folder };
      const written = await exportDocument(await theEngine(), pictures?.ok ? pictures.value : undefined, job);
      if (!written.ok) throw errors.REFUSED({ data: { problems: [...written.problems] } });
      return written.value;
    }),
  });
}

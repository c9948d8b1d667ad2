import type { ProblemCode } from '../problem.ts';
import type { ProblemExample } from './example.ts';
import { fileExamples } from './fileExamples.ts';
import { formatExamples } from './formatExamples.ts';
import { layerExamples } from './layerExamples.ts';
import { lessonExamples } from './lessonExamples.ts';
import { machineExamples } from './machineExamples.ts';
import { modelExamples } from './modelExamples.ts';
import { networkExamples } from './networkExamples.ts';

/** An example for each code; a code without one does not compile. */
export const problemExamples: Readonly<Record<ProblemCode, ProblemExample>> = {
  ...networkExamples,
  ...layerExamples,
  ...fileExamples,
  ...formatExamples,
  ...modelExamples,
  ...machineExamples,
  ...lessonExamples,
};

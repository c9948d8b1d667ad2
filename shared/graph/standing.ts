import { layerSpec } from '../layers/index.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import type { Analysis } from './analysis.ts';

/** What a problem is to whoever draws: a mistake, a doubt, or just the next step of a network that is not done yet. */
export type Standing = Problem['severity'] | 'step';

const standings: readonly Standing[] = ['error', 'warning', 'step'];

/** What nobody did wrong: it has not been chosen yet. */
const beginnings: ReadonlySet<ProblemCode> = new Set(['empty-network', 'no-dataset']);
/** What is no news while a network is being built: that it does not end yet. */
const unfinished: ReadonlySet<ProblemCode> = new Set(['output-is-not-classes', 'nothing-to-learn']);

/**
 * How a problem counts where it is shown. An error that only says what the network still lacks stands against its
 * training like any other, and is the next step: a beginning is no mistake.
 */
export function standingOf({ code, severity }: Problem, analysis: Analysis): Standing {
  const isStep = beginnings.has(code) || (unfinished.has(code) && isBeingBuilt(analysis));
  return isStep ? 'step' : severity;
}

/** Orders problems: errors, warnings, then what is left to do. */
export function compareStandings(a: Standing, b: Standing): number {
  return standings.indexOf(a) - standings.indexOf(b);
}

/** Whether what comes out of the network is what goes in, a picture still, or a picture just made flat. Softmax ends one. */
function isBeingBuilt({ outputId, layers }: Analysis): boolean {
  const output = outputId === null ? undefined : layers.get(outputId);
  if (output?.outputShape == null) return true;
  if (output.values['activation'] === 'softmax') return false;
  const { category } = layerSpec(output.kind);
  return output.outputShape.length > 1 || category === 'input' || category === 'shape';
}

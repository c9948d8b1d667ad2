import Table from 'cli-table3';

import { analyze, type Analysis, type LayerAnalysis } from '../../../shared/graph/analyze.ts';
import type { Shape } from '../../../shared/layers/shape.ts';
import { hasErrors, type Problem } from '../../../shared/problem.ts';
import { exitCodes } from '../exitCodes.ts';
import { readNetwork } from '../network.ts';
import { problemText, type Output } from '../output.ts';

const nothing = { params: { trainable: 0, nonTrainable: 0 }, macs: 0, complete: false };

/** `convas summary FILE`: every layer with its shapes, weights, counts and arithmetic. */
export async function summary(file: string, batch: number | undefined, output: Output): Promise<number> {
  const network = await readNetwork(file);
  if (!network.ok) {
    const { problems, exitCode } = network;
    output.result({ name: file, layers: [], totals: nothing, problems }, () =>
      problems.map(problemText).join('\n'),
    );
    return exitCode;
  }
  const { document, notes } = network;
  const analysis = analyze(document);
  const problems = [...notes, ...analysis.problems];
  const layers = [...analysis.layers.values()].map((layer) => summaryOf(layer, batch));
  output.result({ name: document.name, layers, totals: analysis.totals, problems }, () =>
    tableText(document.name, analysis, layers, problems),
  );
  return hasErrors(problems) ? exitCodes.problems : exitCodes.fine;
}

function summaryOf(layer: LayerAnalysis, batch: number | undefined) {
  const withBatch = (shape: Shape | null) =>
    shape === null || batch === undefined ? shape : [batch, ...shape];
  return {
    id: layer.id,
    kind: layer.kind,
    inputShapes: layer.inputShapes.map(withBatch),
    outputShape: withBatch(layer.outputShape),
    weights: layer.weights.map(({ name, shape }) => ({ name, shape })),
    ...(layer.sharedWith === null ? {} : { sharedWith: layer.sharedWith }),
    params: layer.params,
    macs: layer.macs,
    receptiveField: layer.receptiveField,
    arithmetic: layer.arithmetic,
  };
}

function tableText(
  name: string,
  { layers: analysed, totals }: Analysis,
  layers: readonly ReturnType<typeof summaryOf>[],
  problems: readonly Problem[],
): string {
  const table = new Table({
    head: ['Layer', 'Output shape', 'Weights', 'Params', 'MACs', 'Receptive field', 'Arithmetic'],
    style: { head: [], border: [] },
  });
  for (const layer of layers) {
    const waitingFor = analysed.get(layer.id)?.waitingFor;
    const unknown = waitingFor == null ? '?' : `waits for ${waitingFor}`;
    table.push([
      `${layer.id} (${layer.kind})`,
      layer.outputShape?.join(' × ') ?? unknown,
      layer.sharedWith === undefined
        ? layer.weights.map((weight) => `${weight.name} ${weight.shape.join('×')}`).join('\n')
        : `shared with ${layer.sharedWith}`,
      number(layer.params.trainable + layer.params.nonTrainable),
      number(layer.macs),
      layer.receptiveField?.join(' × ') ?? '',
      [...new Set(layer.arithmetic)].join('\n'),
    ]);
  }
  const { params, macs, complete } = totals;
  const least = complete ? '' : 'at least ';
  const counts = `${least}${number(params.trainable)} trainable parameters, ${number(params.nonTrainable)} others, ${least}${number(macs)} multiply-accumulates`;
  return [name, table.toString(), counts, ...problems.map(problemText)].join('\n');
}

/** `61 706`, with thin spaces as in print. */
function number(value: number): string {
  return value.toLocaleString('en').replaceAll(',', '\u2009');
}

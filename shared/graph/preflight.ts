import { centring, datasets, type DatasetInfo } from '../datasets/index.ts';
import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { shapeText } from '../layers/shape.ts';
import { fix, hasErrors, problem, type Problem } from '../problem.ts';
import type { Analysis } from './analyze.ts';
import { classFixes, learningFixes, oneInputFixes, unreadFixes } from './datasetFixes.ts';
import type { ParamValues } from './edits.ts';
import { endFixes } from './outputs.ts';

/** The dataset that a document learns from, where it names one. */
export function datasetOf(document: Document): DatasetInfo | undefined {
  return document.dataset === null ? undefined : datasets.get(document.dataset.kind);
}

/**
 * Whether the network fits its dataset: one Input that holds the picture, an output of one number for each class.
 * Without a dataset there is nothing to check.
 */
export function datasetProblems(document: Document, analysis: Analysis): readonly Problem[] {
  const dataset = datasetOf(document);
  if (dataset === undefined || document.nodes.length === 0) return [];
  const inputs = document.nodes.filter(({ kind }) => kind === 'Input');
  return [...inputProblems(inputs, dataset, analysis), ...outputProblems(document, analysis, dataset)];
}

/** All that stands between a document and its training but a missing dataset: what is wrong with the Input, then with the network, then with its end. */
export function networkProblems(document: Document, analysis: Analysis): readonly Problem[] {
  const ofDataset = datasetProblems(document, analysis);
  // For a dataset, too many outputs are more than a warning.
  const refused = ofDataset.some(({ code }) => code === 'several-outputs-for-dataset');
  const turned = ofDataset.find(({ code }) => code === 'channels-first');
  const ofNetwork = analysis.problems.filter(
    ({ code, nodeId }) =>
      (!refused || code !== 'several-outputs') && (code !== turned?.code || nodeId !== turned.nodeId),
  );
  // An Input that does not hold the pictures is the first cause of whatever is wrong behind it.
  const ofInput = ofDataset.filter(({ param }) => param === 'shape');
  const all = [...ofInput, ...ofNetwork, ...ofDataset.filter((one) => !ofInput.includes(one))];
  if (hasErrors(all) || analysis.totals.params.trainable > 0) return all;
  return [
    ...all,
    problem(
      'nothing-to-learn',
      {},
      analysis.outputId === null
        ? {}
        : { nodeId: analysis.outputId, fixes: learningFixes(document, analysis.outputId, analysis) },
    ),
  ];
}

/** All that stands between a document and its training, errors of the network first. */
export function trainingProblems(document: Document, analysis: Analysis): readonly Problem[] {
  const problems = networkProblems(document, analysis);
  if (document.dataset !== null) return problems;
  const missing = problem(
    'no-dataset',
    { name: document.name },
    {
      fixes: [...datasets.values()].map(({ kind, title }) =>
        fix('set-dataset', { type: 'setDataset', dataset: { kind } }, { dataset: title.en }),
      ),
    },
  );
  return [...problems, missing];
}

/** A network of several inputs can be wanted: then it is none for the dataset. */
const withoutDataset = fix('no-dataset', { type: 'setDataset', dataset: null });

function inputProblems(
  inputs: readonly DocumentNode[],
  dataset: DatasetInfo,
  analysis: Analysis,
): readonly Problem[] {
  const [first, second] = inputs;
  if (second !== undefined) {
    const fixes = [...unreadFixes(inputs, analysis), ...oneInputFixes(inputs, analysis)];
    return [
      problem(
        'several-inputs-for-dataset',
        { count: inputs.length, dataset: dataset.title.en, layers: inputs.map(({ id }) => id).join(', ') },
        {
          nodeId: second.id,
          expected: '1',
          received: String(inputs.length),
          fixes: fixes.length > 0 ? fixes : [withoutDataset],
        },
      ),
    ];
  }
  const shape = first === undefined ? null : analysis.layers.get(first.id)?.outputShape;
  if (first === undefined || shape == null || centring(dataset.shape, shape) !== undefined) return [];
  const [turned] = analysis.layers.get(first.id)?.problems ?? [];
  if (turned?.code === 'channels-first') return [{ ...turned, severity: 'error' }];
  const channels = shape.length === 3 && shape[2] !== dataset.shape[2];
  return [
    problem(
      channels ? 'input-channels-differ' : 'input-smaller-than-picture',
      {
        layer: first.id,
        input: shapeText(shape),
        picture: shapeText(dataset.shape),
        dataset: dataset.title.en,
        channels: dataset.shape[2],
      },
      {
        nodeId: first.id,
        param: 'shape',
        expected: `[${dataset.shape.join(', ')}] or larger`,
        received: `[${shape.join(', ')}]`,
        fixes: [
          fix(
            'set-param',
            { type: 'setParams', nodeId: first.id, params: { shape: [...dataset.shape] } },
            { param: 'shape', value: shapeText(dataset.shape) },
          ),
        ],
      },
    ),
  ];
}

function outputProblems(document: Document, analysis: Analysis, dataset: DatasetInfo): readonly Problem[] {
  const { outputIds, topology } = analysis;
  const [, second] = outputIds;
  if (second !== undefined) {
    const ends = outputIds.filter((id) => topology.outgoing.get(id)?.length === 0);
    return [
      problem(
        'several-outputs-for-dataset',
        { count: outputIds.length, layers: outputIds.slice(0, 6).join(', '), dataset: dataset.title.en },
        {
          nodeId: second,
          expected: '1',
          received: String(outputIds.length),
          fixes: ends.length > 1 ? endFixes(document, topology, analysis.layers, ends) : [],
        },
      ),
    ];
  }
  const output = document.nodes.find(({ id }) => id === analysis.outputId);
  const shape = output === undefined ? null : analysis.layers.get(output.id)?.outputShape;
  if (output === undefined || shape == null || output.kind === 'Input') return [];
  const classes = dataset.classes.length;
  if (shape.length === 1 && shape[0] === classes) return softmaxWarning(document, output, analysis);
  return [
    problem(
      'output-is-not-classes',
      { layer: output.id, output: shapeText(shape), classes, dataset: dataset.title.en },
      {
        nodeId: output.id,
        expected: `[${String(classes)}]`,
        received: `[${shape.join(', ')}]`,
        fixes: classFixes(output.id, classes, analysis),
      },
    ),
  ];
}

/** Whether what a layer gives, a row of numbers, went through softmax. */
function givesProbabilities(kind: string, values: ParamValues): boolean {
  // Of a row, the first axis is the last.
  const onLast = values['axis'] === 1 ? { ...values, axis: -1 } : values;
  return values['activation'] === 'softmax' || layerSpec(kind).asActivation?.(onLast) === 'softmax';
}

function softmaxWarning(document: Document, output: DocumentNode, analysis: Analysis): readonly Problem[] {
  const { values = {} } = analysis.layers.get(output.id) ?? {};
  const activation = values['activation'];
  if (document.training.loss !== 'categoricalCrossentropy') return [];
  if (givesProbabilities(output.kind, values)) return softmaxTwice(output, analysis);
  const source = analysis.layers.get(analysis.layers.get(output.id)?.inputIds[0] ?? '');
  // Behind softmax, what only reads the numbers otherwise keeps them; what disturbs them can go.
  const behind = source !== undefined && givesProbabilities(source.kind, source.values);
  const { category } = layerSpec(output.kind);
  if (behind && category === 'shape') return [];
  const settable = 'activation' in layerSpec(output.kind).params;
  const params = { activation: 'softmax' };
  return [
    problem(
      'no-softmax',
      { layer: output.id },
      {
        severity: 'warning',
        nodeId: output.id,
        expected: 'softmax',
        ...(typeof activation === 'string' ? { received: activation } : {}),
        fixes: [
          behind && category === 'regularization'
            ? fix('remove-layer', { type: 'removeNode', nodeId: output.id }, { layer: output.id })
            : settable
              ? fix(
                  'set-param',
                  { type: 'setParams', nodeId: output.id, params },
                  { param: 'activation', value: 'softmax' },
                )
              : fix(
                  'append-layer',
                  { type: 'append', nodeId: output.id, kind: 'Activation', params },
                  { kind: 'softmax' },
                ),
        ],
      },
    ),
  ];
}

/** A softmax of probabilities flattens them: at best 10 classes get 0.23 for the one and 0.09 for the others. */
function softmaxTwice(output: DocumentNode, analysis: Analysis): readonly Problem[] {
  const layer = analysis.layers.get(output.id);
  const [sourceId = ''] = layer?.inputIds ?? [];
  const source = analysis.layers.get(sourceId);
  if (layer === undefined || source === undefined || layer.weights.length > 0 || layer.sharedWith !== null)
    return [];
  if (!givesProbabilities(source.kind, source.values)) return [];
  return [
    problem(
      'softmax-twice',
      { layer: output.id, source: sourceId },
      {
        severity: 'warning',
        nodeId: output.id,
        fixes: [fix('remove-layer', { type: 'removeNode', nodeId: output.id }, { layer: output.id })],
      },
    ),
  ];
}

import { describe, expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { removeNodes, setParams } from '../../shared/graph/edit.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import type { Problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { deepFreeze } from '../../shared/testing/networks.ts';
import { previewFix } from './preview.ts';

const lenet = deepFreeze(findTemplate('lenet-5')!.document);
const problemOf = (document: Document, code: Problem['code']) =>
  trainingProblems(document, analyze(document)).find((problem) => problem.code === code)!;

describe('the preview of a fix', () => {
  it('says the shape that the layer would have, and that no problem would be left', () => {
    const broken = deepFreeze(setParams(lenet, 'dense_2', { units: 7 }));
    const { fixes, nodeId } = problemOf(broken, 'output-is-not-classes');
    expect(previewFix(broken, fixes[0]!, nodeId)).toMatchObject({
      layer: 'dense_2',
      shape: [10],
      output: [10],
      left: 0,
    });
  });

  it('counts the problems that would be left', () => {
    const broken = deepFreeze({ ...setParams(lenet, 'dense_2', { units: 7 }), dataset: null });
    const { fixes, nodeId } = problemOf(broken, 'no-dataset');
    expect(previewFix(broken, fixes[0]!, nodeId)).toMatchObject({ layer: 'dense_2', shape: [7], left: 1 });
  });

  it('shows the output where the layer would be gone', () => {
    const edit = { type: 'removeNode', nodeId: 'dense_2' } as const;
    const { layer, shape } = previewFix(
      lenet,
      { id: 'remove-layer', values: {}, label: '', edit },
      'dense_2',
    );
    expect({ layer, shape }).toEqual({ layer: 'dense_1', shape: [84] });
  });

  it('says that a layer would still have no shape', () => {
    const broken = deepFreeze(setParams(lenet, 'conv2d_1', { kernelSize: [50, 50], padding: 'valid' }));
    const edit = { type: 'setParams', nodeId: 'conv2d_1', params: { filters: 3 } } as const;
    const preview = previewFix(broken, { id: 'set-param', values: {}, label: '', edit }, 'conv2d_1');
    expect(preview).toMatchObject({ layer: 'conv2d_1', shape: null, output: null, left: 1 });
  });

  it('shows no layer where none would be left', () => {
    const edit = { type: 'removeNodes', nodeIds: lenet.nodes.map(({ id }) => id) } as const;
    const { layer, shape } = previewFix(
      lenet,
      { id: 'remove-branch', values: {}, label: '', edit },
      undefined,
    );
    expect({ layer, shape }).toEqual({ layer: null, shape: null });
  });

  it('says the new shape of every layer whose shape changes, and no other', () => {
    const broken = deepFreeze(setParams(lenet, 'conv2d_2', { kernelSize: [50, 50] }));
    const { fixes, nodeId } = problemOf(broken, 'window-does-not-fit');
    const { shapes, added, removed } = previewFix(broken, fixes[0]!, nodeId);
    expect([...shapes.keys()]).toEqual([
      'conv2d_2',
      'max_pooling2d_2',
      'conv2d_3',
      'flatten_1',
      'dense_1',
      'dense_2',
    ]);
    expect(shapes.get('conv2d_2')).toEqual([14, 14, 16]);
    expect({ added, removed }).toEqual({ added: [], removed: [] });
  });

  it('shows what would come between two layers, with the wires that go and come', () => {
    const broken = deepFreeze(removeNodes(lenet, new Set(['flatten_1']), true));
    const { fixes, nodeId } = problemOf(broken, 'dense-on-picture');
    const { added, addedEdges, removedEdges } = previewFix(broken, fixes[0]!, nodeId);
    expect(added.map(({ node, shape }) => [node.kind, shape])).toEqual([['Flatten', [120]]]);
    expect(addedEdges).toEqual([
      { source: 'conv2d_3', target: 'flatten_1' },
      { source: 'flatten_1', target: 'dense_1' },
    ]);
    expect(removedEdges).toEqual([{ source: 'conv2d_3', target: 'dense_1' }]);
  });

  it('shows what would go', () => {
    const edit = { type: 'removeNode', nodeId: 'max_pooling2d_1' } as const;
    const { removed } = previewFix(lenet, { id: 'remove-source', values: {}, label: '', edit }, 'conv2d_2');
    expect(removed).toEqual(['max_pooling2d_1']);
  });
});

import { expect, it } from 'vitest';

import { analyze } from './analyze.ts';
import { markNodes } from './edit/marks.ts';
import { findLayers } from './find.ts';
import { findTemplate } from '../templates/index.ts';

const lenet = markNodes(findTemplate('lenet-5')!.document, new Set(['dense_1']), {
  comment: 'Here the eyes end',
});
const found = (query: string) => findLayers(lenet, analyze(lenet), query);

it.each<[string, string[]]>([
  ['max_pool', ['max_pooling2d_1', 'max_pooling2d_2']],
  ['MAXPOOLING', ['max_pooling2d_1', 'max_pooling2d_2']],
  ['池化', ['max_pooling2d_1', 'max_pooling2d_2']],
  ['eyes', ['dense_1']],
  ['14x14', ['max_pooling2d_1']],
  ['14 × 14 × 6', ['max_pooling2d_1']],
  ['nothing of the kind', []],
  ['  ', []],
])('“%s” is found by id, kind, comment or shape, in the order of the flow', (query, ids) => {
  expect(found(query)).toEqual(ids);
});

import { drawing, inRow, type ProblemExample } from './example.ts';

const sound = inRow(['input', 'Input', { shape: [28, 28, 1] }], ['flatten', 'Flatten']);
const withNode = (node: object) => ({ ...sound, nodes: [node], edges: [] });
const blocks = (...list: readonly object[]) => ({ ...sound, version: 2, blocks: list });
const nested = (levels: number) => ({
  ...sound,
  extra: JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown,
});

/** Problems of project files. Nothing of such a file is opened, so there is nothing to mend in the designer. */
export const fileExamples = {
  'unknown-param': {
    cause: 'A file gives a layer a parameter that it does not have.',
    type: 'file',
    project: withNode({ id: 'dense', kind: 'Dense', params: { units: 3, size: 4 } }),
  },
  'missing-param': {
    cause: 'A file leaves out a parameter that has no default.',
    type: 'file',
    project: withNode({ id: 'dense', kind: 'Dense', params: {} }),
  },
  'invalid-param': {
    cause: 'A file gives a parameter a value that it cannot have.',
    type: 'file',
    project: withNode({ id: 'dense', kind: 'Dense', params: { units: 0 } }),
  },
  'unknown-layer': {
    cause: 'A file has a layer that this Convas does not know.',
    type: 'file',
    project: withNode({ id: 'warp', kind: 'Warp2D', params: {} }),
  },
  'no-such-owner': {
    cause: 'A layer of a file is to use the weights of a layer that is not in it.',
    type: 'file',
    project: {
      ...withNode({ id: 'dense', kind: 'Dense', params: { units: 3 }, sharedWith: 'other' }),
      version: 2,
    },
  },
  'unknown-optimizer': {
    cause: 'A file trains with an optimizer that is not there.',
    type: 'file',
    project: { ...sound, training: { optimizer: { kind: 'lion' } } },
  },
  'unknown-dataset': {
    cause: 'A file learns from a dataset that is not there.',
    type: 'file',
    project: { ...sound, dataset: { kind: 'imagenet' } },
  },
  'not-an-object': {
    cause: 'A file has something else where an object belongs.',
    type: 'file',
    project: { ...sound, training: 'fast' },
  },
  'duplicate-id': {
    cause: 'Two layers of a file have one id.',
    type: 'file',
    project: drawing(
      [
        ['a', 'Flatten'],
        ['a', 'Flatten'],
      ],
      [],
    ),
  },
  'dangling-edge': {
    cause: 'A wire of a file leads to or from a layer that is not in it.',
    type: 'file',
    project: drawing([['a', 'Flatten']], ['a > b']),
  },
  'duplicate-edge': {
    cause: 'A file has one wire twice; while a wire is drawn, the second is refused.',
    type: 'file',
    project: drawing(
      [
        ['a', 'Flatten'],
        ['b', 'Flatten'],
      ],
      ['a > b', 'a > b'],
    ),
  },
  'no-such-handle': {
    cause: 'A wire of a file arrives at a second input of a layer that has one.',
    type: 'file',
    project: drawing(
      [
        ['a', 'Flatten'],
        ['b', 'Flatten'],
      ],
      ['a > b:1'],
    ),
  },
  'handle-taken': {
    cause: 'Two wires of a file arrive at one input of a layer that combines several.',
    type: 'file',
    project: drawing(
      [
        ['a', 'Flatten'],
        ['b', 'Flatten'],
        ['sum', 'Add'],
      ],
      ['a > sum:0', 'b > sum:0'],
    ),
  },
  'too-many': {
    cause: 'A file has more layers or wires than can be opened.',
    type: 'file',
    project: sound,
    text: () => JSON.stringify({ ...sound, nodes: Array.from({ length: 10_001 }, () => 0) }),
  },
  'invalid-file': {
    cause: 'Something in a file has a form that no project has.',
    type: 'file',
    project: blocks({ id: 'stem', collapsed: 'partly' }),
  },
  'missing-key': {
    cause: 'A file lacks something that every project has.',
    type: 'file',
    project: withNode({ id: 'a' }),
  },
  'unknown-key': {
    cause: 'A file has a key that no project has; other programs keep theirs under `extra`.',
    type: 'file',
    project: { ...sound, colour: 'red' },
  },
  'not-a-text': {
    cause: 'A file has something else where a text belongs.',
    type: 'file',
    project: { ...sound, name: 7 },
  },
  'not-a-number': {
    cause: 'A file has something else where a number belongs.',
    type: 'file',
    project: withNode({ id: 'a', kind: 'Flatten', position: { x: 'left', y: 0 } }),
  },
  'not-a-list': {
    cause: 'A file has something else where a list belongs.',
    type: 'file',
    project: { ...sound, edges: 'none' },
  },
  'number-too-large': {
    cause: 'A number of a file is above its limit.',
    type: 'file',
    project: withNode({ id: 'a', kind: 'Flatten', position: { x: 1e9, y: 0 } }),
  },
  'number-too-small': {
    cause: 'A number of a file is below its limit.',
    type: 'file',
    project: withNode({ id: 'a', kind: 'Flatten', position: { x: -1e9, y: 0 } }),
  },
  'invalid-id': {
    cause: 'The id of a layer has characters that an id cannot have.',
    type: 'file',
    project: withNode({ id: '1st layer', kind: 'Flatten' }),
  },
  'invalid-handle': {
    cause: 'A wire of a file names an input as no input is named.',
    type: 'file',
    project: { ...sound, edges: [{ source: 'input', target: 'flatten', targetHandle: 'left' }] },
  },
  'not-a-project': {
    cause: 'A JSON file is neither a project nor a model.json.',
    type: 'file',
    project: { hello: 'world' },
  },
  'no-version': {
    cause: 'A project file does not say its version.',
    type: 'file',
    project: { format: 'convas-project', nodes: [], edges: [] },
  },
  'invalid-version': {
    cause: 'The version of a project file is no whole number from 1.',
    type: 'file',
    project: { ...sound, version: 'two' },
  },
  'newer-version': {
    cause: 'A project was saved by a newer Convas.',
    type: 'file',
    project: { ...sound, version: 999 },
  },
  'file-too-large': {
    cause: 'A file has more than 32 MiB.',
    type: 'file',
    project: sound,
    text: () => ' '.repeat(32 * 2 ** 20 + 1),
  },
  'empty-file': { cause: 'A file holds nothing.', type: 'file', project: '', text: () => '' },
  'not-json': {
    cause: 'A file is no JSON, or only the beginning of one.',
    type: 'file',
    project: '{"format": "convas-project", "nodes": [',
    text: () => '{"format": "convas-project", "nodes": [',
  },
  'number-overflows': {
    cause: 'A number of a file is larger than numbers can be.',
    type: 'file',
    project: '{"format": "convas-project", "extra": 1e999}',
    text: () => '{"format": "convas-project", "extra": 1e999}',
  },
  'string-too-long': {
    cause: 'A text of a file is longer than it may be.',
    type: 'file',
    project: { ...sound, name: '(257 characters)' },
    text: () => JSON.stringify({ ...sound, name: 'n'.repeat(257) }),
  },
  'nested-too-deep': {
    cause: 'A file nests lists and objects deeper than any project.',
    type: 'file',
    project: { ...sound, extra: '(70 lists, one in the other)' },
    text: () => JSON.stringify(nested(70)),
  },
  'forbidden-key': {
    cause: 'A file has a key that would reach into the program.',
    type: 'file',
    project: '{"format": "convas-project", "extra": {"__proto__": {}}}',
    text: () => '{"format": "convas-project", "extra": {"__proto__": {}}}',
  },
  'duplicate-block': {
    cause: 'Two blocks of a file have one id.',
    type: 'file',
    project: blocks({ id: 'stem' }, { id: 'stem' }),
  },
  'no-such-block': {
    cause: 'A layer or a block of a file stands in a block that is not in it.',
    type: 'file',
    project: blocks({ id: 'stem', parent: 'body' }),
  },
  'block-in-itself': {
    cause: 'Blocks of a file stand in one another in a circle.',
    type: 'file',
    project: blocks({ id: 'stem', parent: 'stem' }),
  },
  'no-block-in-file': {
    cause: 'A file from which blocks are to be put into the palette has none.',
    type: 'file',
    project: sound,
    forBlocks: true,
  },
} satisfies Readonly<Record<string, ProblemExample>>;

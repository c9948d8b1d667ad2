import { memo } from 'react';

import type { Document, DocumentNode } from '../../shared/document.ts';
import { isAutomatic } from '../../shared/graph/automatic.ts';
import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { layerSpec } from '../../shared/layers/index.ts';
import type { Language } from '../../shared/layers/params.ts';
import { completeParams } from '../../shared/layers/paramValues.ts';
import { changeParams } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { AutomaticBadge } from './AutomaticBadge.tsx';
import { LimitNote } from './LimitNote.tsx';
import { ParamField } from './ParamField.tsx';
import { sameValue } from './values.ts';

interface Props {
  readonly node: DocumentNode;
  readonly layer: LayerAnalysis;
  readonly name: string;
  readonly language: Language;
}

/**
 * One parameter of a layer. Drawn again only where it shows something else: a letter that is typed in one field is no
 * news for the others, of which there are many.
 */
export const LayerField = memo(function LayerField({ node, layer, name, language }: Props) {
  const param = layerSpec(node.kind).params[name];
  const value = useDocument(({ document }) => presentValue(document, node.id, name));
  if (param === undefined) return null;
  return (
    <ParamField
      name={name}
      param={param}
      value={value}
      defaultValue={isAutomatic(node, name) ? undefined : defaultFor(layer, name)}
      badge={<AutomaticBadge node={node} name={name} label={param.label[language]} />}
      note={<LimitNote layer={layer} name={name} />}
      language={language}
      onChange={(value) => changeParams(node.id, { [name]: value })}
    />
  );
}, showsTheSame);

/** What was typed last, of which the drawing may not know yet. */
function presentValue({ nodes }: Document, id: string, name: string): unknown {
  const node = nodes.find((candidate) => candidate.id === id);
  const owner = nodes.find((candidate) => candidate.id === (node?.sharedWith ?? id));
  return owner === undefined ? undefined : completeParams(layerSpec(owner.kind).params, owner.params)[name];
}

function showsTheSame(before: Props, next: Props): boolean {
  const { node, layer, name, language } = next;
  const limits = layerSpec(node.kind).limit !== undefined;
  return (
    before.node.id === node.id &&
    before.name === name &&
    before.language === language &&
    isAutomatic(before.node, name) === isAutomatic(node, name) &&
    sameValue(before.layer.values[name], layer.values[name]) &&
    sameValue(defaultFor(before.layer, name), defaultFor(layer, name)) &&
    (!limits || (!sizesOf(layer).has(name) && !sizesOf(before.layer).has(name)) || before.layer === layer)
  );
}

/** Parameters whose note says how large they can be. */
function sizesOf({ kind, values, inputShapes }: LayerAnalysis): ReadonlySet<string> {
  const inputs = inputShapes.filter((shape) => shape !== null);
  const limit = inputs.length === 0 ? undefined : layerSpec(kind).limit?.(values, inputs);
  return new Set(limit === undefined ? [] : [limit.param]);
}

/** TensorFlow.js's default, or what the palette gives where TensorFlow.js has none. */
function defaultFor({ kind, values }: LayerAnalysis, name: string): unknown {
  const { params } = layerSpec(kind);
  const others = Object.fromEntries(Object.entries(values).filter(([other]) => other !== name));
  return completeParams(params, others)[name] ?? params[name]?.initial;
}

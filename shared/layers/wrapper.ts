import { completeParams } from './paramValues.ts';
import type { KindValue, Params } from './params.ts';
import type { LayerSpec, ShapeResult } from './spec.ts';

/** The params of layers that may be wrapped, by their kinds. */
export function paramsOf(kinds: ReadonlyMap<string, LayerSpec>): ReadonlyMap<string, Params> {
  return new Map([...kinds].map(([kind, { params }]) => [kind, params]));
}

/** What a wrapper holds: the kind of layer, and its params. */
export function wrapped(kinds: ReadonlyMap<string, LayerSpec>, { kind, ...params }: KindValue) {
  const spec = kinds.get(kind);
  if (spec === undefined) throw new Error(`A ${kind} cannot be wrapped.`);
  return { spec, values: completeParams(spec.params, params) };
}

/** A refusal of a wrapped layer, as one of its wrapper: the param is `layer`, and what mends it is set within that. */
export function namedWithin(
  result: Extract<ShapeResult, { readonly ok: false }>,
  layer: KindValue,
): ShapeResult {
  const { objection } = result;
  return {
    ok: false,
    objection: {
      ...objection,
      ...(objection.param === undefined ? {} : { param: 'layer' }),
      fixes: (objection.fixes ?? []).map((fix) =>
        fix.edit.type === 'setParams'
          ? { ...fix, edit: { type: 'setParams', params: { layer: { ...layer, ...fix.edit.params } } } }
          : fix,
      ),
    },
  };
}

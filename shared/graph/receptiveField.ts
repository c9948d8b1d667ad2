import type { Size2 } from '../layers/params.ts';
import { isPicture, type Shape } from '../layers/shape.ts';
import type { Reach } from '../layers/spec.ts';

/** What one output sees along one axis, by one way through the network. */
interface Sight {
  /** Pixels seen, not clipped at the picture's edge. */
  readonly field: number;
  /** Pixels between the fields of neighbouring outputs. */
  readonly jump: number;
}

/** What one output of a layer sees of the input picture. */
export interface View {
  /** For height and for width: the ways of which another may turn out the largest further on. */
  readonly sights: readonly [height: readonly Sight[], width: readonly Sight[]];
  /** The whole picture. */
  readonly picture: Size2;
}

/** Ways that are kept for an axis. Shapes must agree where ways meet, so that a drawn network has two or three. */
const maxSights = 16;
/** A picture of one pixel can be strided for ever; no number may end as Infinity. */
const farthest = Number.MAX_SAFE_INTEGER;

export function viewOfInput(shape: Shape): View | undefined {
  const pixel = [{ field: 1, jump: 1 }];
  return isPicture(shape) ? { sights: [pixel, pixel], picture: [shape[0], shape[1]] } : undefined;
}

/** The largest field over all ways to the input, `[height, width]`. */
export function fieldOf({ sights: [height, width] }: View): Size2 {
  // A layer that enlarges sees parts of pixels, which rounding errors must not make one more.
  const whole = (field: number) => Math.ceil(field - 1e-9);
  return [whole(largestField(height)), whole(largestField(width))];
}

/**
 * What a layer sees whose inputs see `views`. A window of size F and dilation D adds (F − 1)·D·jump, a stride
 * multiplies the jump; below 1 where a layer enlarges.
 * Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019.
 */
export function viewThrough(views: readonly View[], reach: Reach | undefined): View | undefined {
  const [first, ...others] = views;
  if (first === undefined) return undefined;
  const merged = others.length === 0 ? first : mergedView(views, others.reduce(largerPicture, first.picture));
  if (reach === undefined) return merged;
  const along = (axis: 0 | 1): readonly Sight[] => {
    const sights = merged.sights[axis];
    if (reach.type === 'whole' && reach.axes?.[axis] === false) return sights;
    if (reach.type === 'whole') return [{ field: merged.picture[axis], jump: largestJump(sights) }];
    // An output of a layer that enlarges more than its kernel covers sees no less than the input that it comes from.
    const span = Math.max(0, (reach.size[axis] - 1) * reach.dilation[axis]);
    const stride = reach.strides[axis];
    return sights.map(({ field, jump }) => ({
      field: Math.min(field + span * jump, farthest),
      jump: Math.min(jump * stride, farthest),
    }));
  };
  return { ...merged, sights: [along(0), along(1)] };
}

function mergedView(views: readonly View[], picture: Size2): View {
  const along = (axis: 0 | 1) => worthKeeping(views.flatMap(({ sights }) => sights[axis]));
  return { sights: [along(0), along(1)], picture };
}

/** Without those that another beats in field and in jump: whatever follows, they stay behind it. */
function worthKeeping(sights: readonly Sight[]): readonly Sight[] {
  const kept: Sight[] = [];
  for (const sight of sights.toSorted((a, b) => b.field - a.field || b.jump - a.jump)) {
    const last = kept.at(-1);
    if (last === undefined || sight.jump > last.jump) kept.push(sight);
  }
  // The largest fields now, and the one that grows fastest.
  return kept.length <= maxSights ? kept : [...kept.slice(0, maxSights - 1), ...kept.slice(-1)];
}

function largestField(sights: readonly Sight[]): number {
  return sights.reduce((most, { field }) => Math.max(most, field), 0);
}

function largestJump(sights: readonly Sight[]): number {
  return sights.reduce((most, { jump }) => Math.max(most, jump), 1);
}

function largerPicture(a: Size2, { picture: b }: View): Size2 {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}

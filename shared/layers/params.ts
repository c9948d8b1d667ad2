import { z } from 'zod';

/** The languages that Convas speaks; text that lacks one does not compile. */
export type Language = 'en' | 'zh-TW';
export type Translated = Readonly<Record<Language, string>>;

export type Size1 = readonly [length: number];
export type Size2 = readonly [height: number, width: number];
export type Size3 = readonly [depth: number, height: number, width: number];
export type Padding = 'valid' | 'same' | number;
export type Padding2 = readonly [
  height: readonly [top: number, bottom: number],
  width: readonly [left: number, right: number],
];

/** How a parameter is edited. */
export type Control =
  | { readonly type: 'int'; readonly min: number; readonly max: number }
  | { readonly type: 'size'; readonly axes: 1 | 2 | 3; readonly min: number; readonly max: number }
  /** `below` shuts out `max` itself. */
  | { readonly type: 'real'; readonly min: number; readonly max: number; readonly below: boolean }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'padding' | 'padding2'; readonly max: number }
  | { readonly type: 'shape'; readonly max: number }
  /** Whole numbers in order: axes, or a shape of which a side may be left open. */
  | {
      readonly type: 'list';
      readonly min: number;
      readonly max: number;
      readonly minLength: number;
      readonly maxLength: number;
      /** Not whole numbers alone. */
      readonly real?: true;
    }
  | { readonly type: 'toggle' }
  /** One of several kinds, each with params of its own, saved as `{ kind, …params }`. */
  | { readonly type: 'kind'; readonly kinds: () => ReadonlyMap<string, Params> }
  /** A value, or none at all, saved as null. */
  | { readonly type: 'optional'; readonly param: Param<unknown> };

/** One parameter: how it is checked, defaulted, edited and explained. */
export interface Param<T> {
  /** Accepts what a file may say (`3` for `[3, 3]`), gives what the program uses. */
  readonly schema: z.ZodType<T>;
  /** TensorFlow.js's own default, maybe taken from the other values; a required parameter has none. */
  readonly default?: T | ((others: Readonly<Record<string, unknown>>) => T);
  /** What a layer from the palette starts with, where that differs from the default. */
  readonly initial?: T;
  readonly control: Control;
  readonly label: Translated;
  /** What it does, and what too large and too small do. */
  readonly help: Translated;
  /** Shown only when asked for: most people never need it. */
  readonly advanced?: true;
}

/** TensorFlow.js takes tensors of six axes, and its layers those of five, the batch among them. */
export const maxAxes = 4;

export type Params = Readonly<Record<string, Param<unknown>>>;
export type ValuesOf<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never;
};

interface Options<T> {
  readonly label: Translated;
  readonly help: Translated;
  readonly advanced?: true;
  readonly default?: T | ((others: Readonly<Record<string, unknown>>) => T);
  readonly initial?: T;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function param<T>(options: Options<T>, schema: z.ZodType<T>, control: Control): Param<T> {
  const { label, help, initial, advanced } = options;
  return {
    schema,
    control,
    label,
    help,
    ...(options.default === undefined ? {} : { default: options.default }),
    ...(initial === undefined ? {} : { initial }),
    ...(advanced === undefined ? {} : { advanced }),
  };
}

/** A whole number within `min` and `max`. */
export function int({ min, max, ...options }: Options<number> & Range): Param<number> {
  return param(options, z.int().min(min).max(max), { type: 'int', min, max });
}

/** A number within `min` and `max`; `below` shuts out `max` itself. */
export function real({
  min,
  max,
  below = false,
  ...options
}: Options<number> & Range & { readonly below?: boolean }): Param<number> {
  const schema = z.number().min(min);
  return param(options, below ? schema.lt(max) : schema.max(max), { type: 'real', min, max, below });
}

/** One length; a file may say the number alone. */
export function size1({ min, max, ...options }: Options<Size1> & Range): Param<Size1> {
  const side = z.int().min(min).max(max);
  const schema = z
    .union([side, z.tuple([side])])
    .transform((size): Size1 => (typeof size === 'number' ? [size] : size));
  return param(options, schema, { type: 'size', axes: 1, min, max });
}

/** Height and width; a file may say one number for both. */
export function size2({ min, max, ...options }: Options<Size2> & Range): Param<Size2> {
  const side = z.int().min(min).max(max);
  const schema = z
    .union([side, z.tuple([side, side])])
    .transform((size): Size2 => (typeof size === 'number' ? [size, size] : size));
  return param(options, schema, { type: 'size', axes: 2, min, max });
}

/** Depth, height and width; a file may say one number for all. */
export function size3({ min, max, ...options }: Options<Size3> & Range): Param<Size3> {
  const side = z.int().min(min).max(max);
  const schema = z
    .union([side, z.tuple([side, side, side])])
    .transform((size): Size3 => (typeof size === 'number' ? [size, size, size] : size));
  return param(options, schema, { type: 'size', axes: 3, min, max });
}

/** One of a list of words. */
export function choice<const O extends readonly [string, ...string[]]>({
  options: words,
  ...options
}: Options<O[number]> & { readonly options: O }): Param<O[number]> {
  return param<O[number]>(options, z.enum(words), { type: 'choice', options: words });
}

export function toggle(options: Options<boolean>): Param<boolean> {
  return param(options, z.boolean(), { type: 'toggle' });
}

/** `valid`, `same`, or how many rows and columns of zeros stand on each side. */
export function padding({ max, ...options }: Options<Padding> & { readonly max: number }): Param<Padding> {
  return param(options, z.union([z.enum(['valid', 'same']), z.int().min(0).max(max)]), {
    type: 'padding',
    max,
  });
}

/** Rows above and below, columns left and right; a file may say `n` or `[h, w]` for equal sides. */
export function padding2({ max, ...options }: Options<Padding2> & { readonly max: number }): Param<Padding2> {
  const side = z.int().min(0).max(max);
  const sides = z.union([side, z.tuple([side, side])]);
  const both = (of: z.infer<typeof sides>) => (typeof of === 'number' ? ([of, of] as const) : of);
  const schema = z
    .union([side, z.tuple([sides, sides])])
    .transform((given): Padding2 =>
      typeof given === 'number' ? [both(given), both(given)] : [both(given[0]), both(given[1])],
    );
  return param(options, schema, { type: 'padding2', max });
}

/** A shape of one to four axes, without the batch. */
export function shape({
  max,
  ...options
}: Options<readonly number[]> & { readonly max: number }): Param<readonly number[]> {
  return param(options, z.array(z.int().min(1).max(max)).min(1).max(maxAxes), { type: 'shape', max });
}

interface List {
  readonly minLength?: number;
  readonly maxLength: number;
  /** A file may say one number alone, which stands for as many as there are at least. */
  readonly single?: true;
}

/** Whole numbers in order, `minLength` to `maxLength` of them. */
export function list({
  min,
  max,
  minLength = 1,
  maxLength,
  single,
  ...options
}: Options<readonly number[]> & Range & List): Param<readonly number[]> {
  const entry = z.int().min(min).max(max);
  const several = z.array(entry).min(minLength).max(maxLength);
  const schema = z
    .union([entry, several])
    .transform((given) => (typeof given === 'number' ? Array<number>(minLength).fill(given) : given));
  const control = { type: 'list', min, max, minLength, maxLength } as const;
  return param<readonly number[]>(options, single === undefined ? several : schema, control);
}

/**
 * Before and behind along each of so many axes, one after the other; a file may say one number for all, one for each
 * axis, or a pair for each.
 */
export function sides({
  axes,
  max,
  ...options
}: Options<readonly number[]> & { readonly axes: 1 | 3; readonly max: number }): Param<readonly number[]> {
  const side = z.int().min(0).max(max);
  const length = 2 * axes;
  const schema = z
    .union([
      side.transform((one) => Array<number>(length).fill(one)),
      z.array(side).length(length),
      z
        .array(z.union([side, z.tuple([side, side])]))
        .length(axes)
        .transform((pairs) => pairs.flatMap((pair) => (typeof pair === 'number' ? [pair, pair] : pair))),
    ])
    .pipe(z.array(side).length(length));
  return param<readonly number[]>(options, schema, {
    type: 'list',
    min: 0,
    max,
    minLength: length,
    maxLength: length,
  });
}

/** Numbers in order, 1 to `maxLength` of them. */
export function reals({
  min,
  max,
  maxLength,
  ...options
}: Options<readonly number[]> & Range & { readonly maxLength: number }): Param<readonly number[]> {
  const schema = z.array(z.number().min(min).max(max)).min(1).max(maxLength);
  return param<readonly number[]>(options, schema, {
    type: 'list',
    min,
    max,
    minLength: 1,
    maxLength,
    real: true,
  });
}

/** What `param` takes, or null for none; it is none where a file does not say. */
export function optional<T>(inner: Param<T>): Param<T | null> {
  const { label, help, schema, advanced } = inner;
  const options = { label, help, default: null, ...(advanced === undefined ? {} : { advanced }) };
  return param<T | null>(options, schema.nullable(), { type: 'optional', param: inner });
}

/** One of several kinds with its own params. */
export interface KindValue {
  readonly kind: string;
  readonly [param: string]: unknown;
}

/**
 * One of several kinds, each with params of its own: `{ kind: 'constant', value: 0.1 }`; a file may say the name
 * alone. The value has all its params written out. `kinds` is asked late, so that layers may hold layers.
 */
export function kindOf({
  kinds,
  ...options
}: Options<KindValue> & { readonly kinds: () => ReadonlyMap<string, Params> }): Param<KindValue> {
  const schema = z
    .union([z.string(), z.looseObject({ kind: z.string() })])
    .transform((given, context): KindValue => {
      const { kind, ...values } = typeof given === 'string' ? { kind: given } : given;
      const params = kinds().get(kind);
      const read: Record<string, unknown> = {};
      const refuse = () => {
        context.addIssue({ code: 'custom', message: kind });
        return z.NEVER;
      };
      if (params === undefined || Object.keys(values).some((name) => !Object.hasOwn(params, name)))
        return refuse();
      for (const [name, { schema, default: standard }] of Object.entries(params)) {
        const value =
          (values as Readonly<Record<string, unknown>>)[name] ??
          (typeof standard === 'function' ? (standard as (others: object) => unknown)(read) : standard);
        const parsed = schema.safeParse(value);
        if (!parsed.success) return refuse();
        read[name] = parsed.data;
      }
      return { kind, ...read };
    });
  return param(options, schema, { type: 'kind', kinds });
}

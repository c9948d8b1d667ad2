import { receivedText } from './layers/paramValues.ts';
import { failed, fine, problem, type Result } from './problem.ts';

type Data = Readonly<Record<string, unknown>>;

/** One step from a version of the project file to the next. */
interface Migration {
  readonly from: number;
  /** What changed, as a name: `name-the-change`. */
  readonly name: string;
  apply(data: Data): Data;
}

/** In order; version 1 is the first. */
const migrations: readonly Migration[] = [
  {
    from: 1,
    name: 'add-blocks',
    apply: (data) => ({ blocks: [], ...data }),
  },
];

const newest = 1 + migrations.length;

/** Brings a project of any version that was ever released to the current one. Its input stays as it is. */
export function migrate(data: Data): Result<Data> {
  const { version } = data;
  if (version === undefined) return failed(problem('no-version', { newest }));
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const received = receivedText(version);
    return failed(problem('invalid-version', { newest, received }, { received }));
  }
  if (version > newest) return failed(problem('newer-version', { version, newest }));
  return fine(
    migrations
      .filter(({ from }) => from >= version)
      .reduce<Data>((older, migration) => ({ ...migration.apply(older), version: migration.from + 1 }), data),
  );
}

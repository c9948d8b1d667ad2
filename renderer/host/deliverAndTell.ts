import type { TFunction } from 'i18next';

import { tell, tellProblems } from '../ui/notices.ts';
import type { Host } from './host.ts';
import { problemsOf } from './refusals.ts';

interface Delivery {
  readonly fileName: string;
  readonly make: () => Blob | Promise<Blob>;
  /** What is said where the host knows the file's path. */
  readonly said: (path: string) => string;
}

/** Hands over a file that the page makes, and says where it is, or what went wrong. */
export async function deliverAndTell(
  t: TFunction,
  host: Host,
  { fileName, make, said }: Delivery,
): Promise<void> {
  try {
    const path = await host.deliverFile(fileName, await make());
    if (path !== null) tell(t, said(path));
  } catch (error) {
    tellProblems(t, problemsOf(error));
  }
}

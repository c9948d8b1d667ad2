import { implement } from '@orpc/server';

import type { Problem } from '../../shared/problem.ts';
import { contract } from '../../shared/rpc/contract.ts';

/** The contract's implementer, which notes each call, and holds or refuses it where a test wants that. */
export function fakeBase(core: {
  readonly calls: string[];
  readonly hold: Promise<void> | null;
  readonly refusal: readonly Problem[] | null;
}) {
  return implement(contract).use(async ({ next, path, errors }) => {
    core.calls.push(path.join('.'));
    await core.hold;
    if (core.refusal !== null) throw errors.REFUSED({ data: { problems: [...core.refusal] } });
    return next();
  });
}

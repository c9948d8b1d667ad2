import { oc } from '@orpc/contract';
import { z } from 'zod';

import { problemSchema } from '../problem.ts';

/** A call that is refused because of what the user asked for says so with problems, not with a message. */
export const base = oc.errors({ REFUSED: { data: z.object({ problems: z.array(problemSchema) }) } });

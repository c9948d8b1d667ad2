import { createContext, useContext } from 'react';

import type { Command } from './command.ts';

/** All commands, for parts of the page that are too deep to be handed them. */
export const CommandList = createContext<readonly Command[]>([]);

export function useCommandList(): readonly Command[] {
  return useContext(CommandList);
}

/** What the command line's exit codes mean. */
export const exitCodes = {
  fine: 0,
  problems: 1,
  usage: 2,
  runFailed: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

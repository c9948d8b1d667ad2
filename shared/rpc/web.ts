/** Where the web host answers. */
export const webPaths = {
  /** POST: makes the token a cookie; without a token, says whether the page has a session. */
  session: '/api/session',
  /** WebSocket: the contract. */
  rpc: '/api/rpc',
  /** GET `<files><id>/<name>.zip`: a finished run's files. */
  files: '/api/files/',
} as const;

/** The codes with which the web host closes a page's connection (4000 to 4999 are an application's own). */
export const closeCodes = {
  stopping: 1001,
  badMessage: 1007,
  messageTooLarge: 1009,
  /** The page did not read what was sent; it connects anew and asks from its last sequence number on. */
  tooSlow: 4008,
} as const;

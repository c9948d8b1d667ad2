/** One of oRPC's messages, as channels carry it: text, or bytes where it holds a Blob. */
export type MessageData = string | Uint8Array;

/**
 * What oRPC wants to send, as a channel takes it. It hands over the bytes themselves or what is behind them, as the
 * machine's Blob can do.
 *
 * @throws TypeError for anything else, which no channel of ours takes
 */
export function messageData(data: unknown): MessageData {
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  throw new TypeError('Only text and bytes can be sent.');
}

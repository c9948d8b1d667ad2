import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';

/** Bytes of one chunk beside the pixels: a profile of colours has a few thousand, a photograph's notes some more. */
const mostBeside = 4e6;
/** Chunks that hold the pixels and say how they are to be read. */
const essential: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS']);
/** Numbers of a pixel, by the header's kind of colour. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Why a PNG is not to be unpacked: it breaks off, a chunk beside its pixels is huge, or its pixels unpack to more than
 * its header says. Reads no further than that. Undefined where nothing speaks against it.
 */
export async function objectionToPng(bytes: Uint8Array): Promise<string | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed: Uint8Array[] = [];
  let most = 0;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (at + 12 + length > bytes.length) return 'it breaks off';
    if (kind === 'IHDR' && length >= 13) most = rowsOf(view, at + 8);
    if (kind === 'IDAT') packed.push(data);
    if (kind === 'IEND')
      return (await unpacksTo(packed, most)) ? undefined : 'it unpacks to more than its size';
    if (!essential.has(kind) && length > mostBeside) return `it has more than 4 million bytes of ${kind}`;
    at += 12 + length;
  }
  return 'it breaks off';
}

/** Bytes of all rows, at most: those of an image that comes in passes are some more. */
function rowsOf(header: DataView, at: number): number {
  const [width, height] = [header.getUint32(at), header.getUint32(at + 4)];
  const [depth, colour] = [header.getUint8(at + 8), header.getUint8(at + 9)];
  const row = 1 + Math.ceil((width * depth * (channelsOf[colour] ?? 4)) / 8);
  return 2 * row * height + 1024;
}

/** Whether packed bytes unpack to no more than so many. Broken ones do: whoever reads them says what is wrong. */
async function unpacksTo(packed: readonly Uint8Array[], most: number): Promise<boolean> {
  let count = 0;
  try {
    for await (const part of Readable.from(packed).pipe(createInflate())) {
      count += (part as Uint8Array).length;
      if (count > most) return false;
    }
  } catch {
    return true;
  }
  return true;
}

/**
 * A whole number of 31 bits that follows from a seed and a name, so that every layer and purpose has random numbers
 * of its own. FNV-1a over the name, then the finalizer of MurmurHash3 (Appleby, public domain) to spread the bits.
 */
export function seedFrom(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}

/** So long a frame may be painted on, in milliseconds; the rest waits for the next. */
const perFrame = 5;

const waiting = new Map<string, () => void>();

/** Paints in one of the next frames; of what is to be painted at the same place only the newest. */
export function paintLater(place: string, paint: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(paintSome);
  waiting.set(place, paint);
}

function paintSome(): void {
  const end = performance.now() + perFrame;
  for (const [place, paint] of waiting) {
    waiting.delete(place);
    paint();
    if (performance.now() > end) break;
  }
  if (waiting.size > 0) requestAnimationFrame(paintSome);
}

import type { Document } from '../../shared/document.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { arrange } from './layout.ts';

addEventListener('message', ({ data }: MessageEvent<{ readonly document: Document; readonly flow: Flow }>) =>
  postMessage(arrange(data.document, data.flow)),
);

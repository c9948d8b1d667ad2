import type { Document } from '../../shared/document.ts';
import { arrange } from './layout.ts';

addEventListener('message', ({ data }: MessageEvent<Document>) => postMessage(arrange(data)));

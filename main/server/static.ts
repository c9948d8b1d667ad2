import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

import { caching } from './headers.ts';
import { refuse } from './refusal.ts';

/**
 * Serves the files of the built page, and nothing else: the list of files is made here, once, and no request
 * touches the file system by a path of its own.
 */
export function createPage(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const serve = sirv(folder, { etag: true });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, {
        status: 405,
        sentence: 'The page’s files can only be read.',
        headers: { Allow: 'GET, HEAD' },
      });
      return;
    }
    // Vite puts a hash of the content into the names of what it builds to assets/.
    const hashed = request.url?.startsWith('/assets/');
    response.setHeader('Cache-Control', hashed ? caching.forEver : caching.revalidate);
    // sirv lets a range that ends before it starts throw; a server may always send the whole file.
    delete request.headers.range;
    // A listed file that has been removed since would otherwise be an uncaught error of sirv's stream.
    response.once('pipe', (file) => file.once('error', () => response.destroy()));
    serve(request, response, () => {
      refuse(response, { status: 404, sentence: 'There is no such file in the page.' });
    });
  };
}

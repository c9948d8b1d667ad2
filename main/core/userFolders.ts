import { homedir } from 'node:os';
import { join } from 'node:path';

interface Machine {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: string;
  readonly home?: string;
}

/**
 * The folder for what the user made: open projects and runs. `CONVAS_DATA_DIR`, else `convas` where the system keeps
 * programs' data. It may not exist yet.
 */
export function dataFolder({
  env = process.env,
  platform = process.platform,
  home = homedir(),
}: Machine = {}): string {
  if (env['CONVAS_DATA_DIR']) return env['CONVAS_DATA_DIR'];
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'convas');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'convas');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'convas');
}

import module from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';

/** What Node 22.8 and later offer. */
interface CompileCache {
  getCompileCacheDir?(): string | undefined;
  enableCompileCache?(directory: string): unknown;
}

/**
 * Lets Node keep the code that it has compiled in the user's cache directory, so that the next start need not compile
 * it again. Does nothing where NODE_COMPILE_CACHE has named another directory already, or Node is too old.
 */
export function enableCompileCache(
  environment: NodeJS.ProcessEnv,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types are those of Node 20
  node: CompileCache = module as CompileCache,
): void {
  if (node.enableCompileCache === undefined || node.getCompileCacheDir?.() !== undefined) return;
  const caches = environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  // A directory that cannot be written to is no error here: there is then no cache.
  node.enableCompileCache(path.join(caches, 'live-config-bot'));
}

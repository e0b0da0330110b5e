import { Monitor } from '../../tests/support/monitoring.js';
import { freePort } from '../../tests/support/ports.js';
import type { Stage } from '../stage.js';
import type { Step } from '../step.js';

/** What a monitor learns of the bot. */
export const monitoringSteps: readonly Step[] = [{ title: 'Health checks and metrics', run: switchOn }];

/** The metrics that are shown, of about forty. */
const SHOWN = /^config_(info|last_reload_successful)|^discord_shards\{state="ready"/;

async function switchOn(stage: Stage): Promise<void> {
  stage.narrator.tell('Save an address for monitors. alice reloads, and the bot answers there.');
  const version = stage.version();
  const monitor = new Monitor(await freePort());
  const address = `127.0.0.1:${String(monitor.port)}`;
  await stage.edit({ HTTP_LISTEN: address });
  await stage.slash(stage.alice, 'reload-config');
  const log = await stage.log(/Health checks and metrics are at/, /Configuration reload complete/);
  const ask = async (path: string, shown = /./): Promise<string> => {
    const lines = (await monitor.ask(path)).replace(/^\d+ /, '').split('\n');
    const matching = lines.filter((line) => shown.test(line));
    stage.narrator.show('shell', [`$ curl http://${address}${path}`, ...matching]);
    return matching.join('\n');
  };
  stage.equal('the bot says that it is ready', await ask('/readyz'), 'ready');
  stage.holds(
    'the metrics name the version',
    await ask('/metrics', SHOWN),
    `config_info{version="${version}"} 1`,
  );
  stage.holds(
    'the version stays the same: the address belongs to this one process',
    log,
    `${version} → ${version}`,
  );
}

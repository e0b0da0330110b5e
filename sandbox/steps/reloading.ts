import { maskedLines } from '../../tests/support/env-text.js';
import type { Stage } from '../stage.js';
import type { Step } from '../tour.js';

/** One look an hour: what happens in the meantime is not the watch's doing. */
const AN_HOUR_MS = '3600000';

/** How the bot starts, and every way in which a change reaches it. */
export const reloadingSteps: readonly Step[] = [
  { title: 'The bot logs in', run: logIn },
  { title: 'An edit is picked up by the watch', run: watch },
  { title: 'kill -HUP', run: hangUp },
  { title: '/reload-config', run: slashReload },
  { title: '!reload-config', run: prefixReload },
  { title: '/config-status', run: status },
];

async function logIn(stage: Stage): Promise<void> {
  const { narrator, discord } = stage;
  narrator.tell('Starts the built bot on this .env, and waits until Discord lists it as online.');
  const lines = maskedLines(await stage.text()).slice(0, -1);
  narrator.show(
    '.env',
    lines.map((line, index) => `${String(index + 1).padStart(2)}  ${line}`),
    4,
  );
  narrator.show('shell', ['$ node dist/main.js']);
  await stage.start();
  await stage.log(/Logged in/);
  const presence = await stage.presence('Playing chess with the moon');
  stage.equal('its activity is the one in the file', presence, 'Playing chess with the moon');
  const names = discord.commands().map(({ name }) => name);
  for (const name of ['reload-config', 'config-status', 'config-help'])
    stage.holds(`Discord offers its command /${name}`, names.join(', '), name);
}

async function watch(stage: Stage): Promise<void> {
  stage.narrator.tell(
    'Saves an edit of five lines and does nothing else: the watch notices. (The last edit sets the watch to one ' +
      'look an hour, so that the next steps are the work of the signal and the commands alone.)',
  );
  await stage.edit({
    BOT_ACTIVITY: 'chess with the sun',
    MAX_USER_MEMORY: '30',
    SEASON: null,
    WELCOME: 'Good to see you!',
    CONFIG_POLL_INTERVAL_MS: AN_HOUR_MS,
  });
  const log = await stage.log(/Configuration reload complete/);
  const presence = await stage.presence('Playing chess with the sun');
  stage.holds('the log reports the new key', log, "➕ Added: {'WELCOME': 'Good to see you!'}");
  stage.holds('the log reports the removed key', log, "➖ Removed: {'SEASON': 'spring'}");
  stage.holds('the log reports old and new values', log, '🔄 Modified: MAX_USER_MEMORY = 20 → 30');
  stage.equal('people see the new activity', presence, 'Playing chess with the sun');
  await ranBecauseOf(stage, 'watch');
}

async function hangUp(stage: Stage): Promise<void> {
  stage.narrator.tell(
    'Saves an edit and sends the bot a SIGHUP, as an operator or a deployment script would.',
  );
  await stage.edit({ MAX_USER_MEMORY: '40', BOT_ACTIVITY: 'chess with the sea' });
  stage.narrator.show('shell', [`$ kill -HUP ${String(stage.bot.pid)}`]);
  stage.bot.signal('SIGHUP');
  const log = await stage.log(/SIGHUP acknowledged/);
  const presence = await stage.presence('Playing chess with the sea');
  stage.holds('the log reports the change', log, '🔄 Modified: MAX_USER_MEMORY = 30 → 40');
  stage.holds('the signal is acknowledged with its outcome', log, 'SIGHUP acknowledged: applied');
  stage.equal('people see the new activity', presence, 'Playing chess with the sea');
  await ranBecauseOf(stage, 'signal');
}

async function slashReload(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell(
    'Saves an edit; alice, an administrator, first asks what a reload would change, then reloads.',
  );
  await stage.edit({ MAX_USER_MEMORY: '50', SEASON: 'summer' });
  const preview = await stage.slash(alice, 'reload-config', { options: { dry_run: true } });
  await stage.log(/dry run/);
  await stage.reloads.next();
  const reply = await stage.slash(alice, 'reload-config');
  const log = await stage.log(/Configuration reload complete/);
  stage.holds('the preview names the keys', preview.text, /Added: SEASON\n.*Modified: MAX_USER_MEMORY/);
  stage.holds('the answer counts the changes', reply.text, '📊 Changes: +1 added, ~1 modified');
  stage.holds('the answer and the log name the same versions', log, versionsIn(reply.text));
  stage.equal('only alice sees it', reply.ephemeral ? 'ephemeral' : 'for everyone', 'ephemeral');
  await ranBecauseOf(stage, 'command');
}

async function prefixReload(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell(
    'Saves another prefix for commands; alice reloads with the old one, and then with the new one.',
  );
  await stage.edit({ BOT_PREFIX: '?' });
  const answer = await stage.say(alice, '!reload-config');
  await stage.log(/Configuration reload complete/);
  await stage.reloads.next();
  const second = await stage.say(alice, '?reload-config');
  await stage.log(/no changes detected/);
  stage.holds('the answer counts the changes', answer, '📊 Changes: ~1 modified');
  stage.holds('the new prefix works at once', second, '✅ Configuration reloaded (no changes detected)');
  await ranBecauseOf(stage, 'command');
}

async function status(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell(
    'alice asks for the configuration in effect, and then for everything about one setting.',
  );
  const all = await stage.slash(alice, 'config-status');
  const one = await stage.slash(alice, 'config-status', { options: { setting: 'BOT_PREFIX' } });
  const version = await stage.reloads.version();
  stage.holds('it shows the version of the last reload', all.text, version);
  stage.holds('it shows values and where they come from', all.text, /`BOT_PREFIX` = `\?` · file, line 7/);
  stage.holds('a setting tells when it changed last, and why', one.text, /Last change\n.*command/);
}

/** Checks the newest refresh against the log file; and that the bot is still the one that logged in at first. */
async function ranBecauseOf(stage: Stage, trigger: string): Promise<void> {
  const record = await stage.reloads.next();
  const { identifies, connected } = stage.discord.bot;
  stage.equal(
    `logs/bot.jsonl names the trigger, ${trigger}; the bot stayed online, in the same process`,
    `trigger ${record.trigger}, ${identifies} login(s), ${connected ? 'online' : 'offline'}`,
    `trigger ${trigger}, 1 login(s), online`,
  );
}

function versionsIn(text: string): string {
  return /\w{12} → \w{12}/.exec(text)?.[0] ?? 'two versions';
}

import { maskedLines } from '../../tests/support/env-text.js';
import type { Stage } from '../stage.js';
import type { Step } from '../step.js';

/** So rarely that any reload in between has another trigger. */
const AN_HOUR_MS = '3600000';

/** How the bot starts, and every way to reload its configuration. */
export const reloadingSteps: readonly Step[] = [
  { title: 'The bot logs in', run: logIn },
  { title: 'The watch picks up an edit', run: watch },
  { title: 'kill -HUP', run: hangUp },
  { title: '/reload-config', run: slashReload },
  { title: '!reload-config', run: prefixReload },
  { title: '/config-status', run: status },
];

async function logIn(stage: Stage): Promise<void> {
  const { narrator, discord } = stage;
  narrator.tell('Start the built bot with this .env, and wait until Discord shows it as online.');
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
    stage.holds(`Discord offers the command /${name}`, names.join(', '), name);
}

async function watch(stage: Stage): Promise<void> {
  stage.narrator.tell(
    'Save five changes and do nothing else: the watch notices. (One of them makes the watch check only once an hour, ' +
      'so that the reloads in the next steps are due to signals and commands alone.)',
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
  stage.equal('users see the new activity', presence, 'Playing chess with the sun');
  await checkTrigger(stage, 'watch');
}

async function hangUp(stage: Stage): Promise<void> {
  stage.narrator.tell(
    'Save a change and send the bot a SIGHUP, as an operator or a deployment script would.',
  );
  await stage.edit({ MAX_USER_MEMORY: '40', BOT_ACTIVITY: 'chess with the sea' });
  stage.narrator.show('shell', [`$ kill -HUP ${String(stage.bot.pid)}`]);
  stage.bot.signal('SIGHUP');
  const log = await stage.log(/SIGHUP acknowledged/);
  const presence = await stage.presence('Playing chess with the sea');
  stage.holds('the log reports the change', log, '🔄 Modified: MAX_USER_MEMORY = 30 → 40');
  stage.holds('the signal is acknowledged, with the outcome', log, 'SIGHUP acknowledged: applied');
  stage.equal('users see the new activity', presence, 'Playing chess with the sea');
  await checkTrigger(stage, 'signal');
}

async function slashReload(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell(
    'Save a change. alice, an administrator, asks what a reload would change, and presses the button that applies it.',
  );
  await stage.edit({ MAX_USER_MEMORY: '50', SEASON: 'summer' });
  const preview = await stage.slash(alice, 'reload-config', { options: { dry_run: true } });
  await stage.log(/dry run/);
  const reply = await stage.press(alice, preview);
  const log = await stage.log(/Configuration reload complete/);
  stage.holds('the preview names the keys', preview.text, /Added: SEASON\n.*Modified: MAX_USER_MEMORY/);
  stage.holds('the answer counts the changes', reply, '📊 Changes: +1 added, ~1 modified');
  stage.holds('the answer and the log show the same versions', log, versionsIn(reply));
  stage.equal('only alice sees the answer', preview.ephemeral ? 'ephemeral' : 'for everyone', 'ephemeral');
  await checkTrigger(stage, 'command');
}

async function prefixReload(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell(
    'Change the prefix of commands. alice reloads with the old prefix, then with the new one.',
  );
  await stage.edit({ BOT_PREFIX: '?' });
  const answer = await stage.say(alice, '!reload-config');
  await stage.log(/Configuration reload complete/);
  await stage.nextReload();
  const second = await stage.say(alice, '?reload-config');
  await stage.log(/no changes detected/);
  stage.holds('the answer counts the changes', answer, '📊 Changes: ~1 modified');
  stage.holds('the new prefix works immediately', second, '✅ Configuration reloaded (no changes detected)');
  await checkTrigger(stage, 'command');
}

async function status(stage: Stage): Promise<void> {
  const { alice } = stage;
  stage.narrator.tell('alice asks for the configuration in effect, then for the details of one setting.');
  const all = await stage.slash(alice, 'config-status');
  const one = await stage.slash(alice, 'config-status', { options: { setting: 'BOT_PREFIX' } });
  const version = stage.version();
  stage.holds('the overview shows the version of the last reload', all.text, version);
  stage.holds('it shows values, and where they come from', all.text, /`BOT_PREFIX` = `\?` · file, line 7/);
  stage.holds('the details show when and why the setting last changed', one.text, /Last change\n.*command/);
}

/** Checks the trigger of the latest refresh, and that the bot has neither restarted nor logged in again. */
async function checkTrigger(stage: Stage, trigger: string): Promise<void> {
  const record = await stage.nextReload();
  const { identifies, connected } = stage.discord.bot;
  stage.equal(
    `logs/bot.jsonl names the trigger (${trigger}), and the bot stayed online throughout`,
    `trigger ${String(record['trigger'])}, ${identifies} login(s), ${connected ? 'online' : 'offline'}`,
    `trigger ${trigger}, 1 login(s), online`,
  );
}

function versionsIn(text: string): string {
  return /\w{12} → \w{12}/.exec(text)?.[0] ?? 'two versions';
}

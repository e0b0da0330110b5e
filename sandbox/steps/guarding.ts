import { presenceText } from '../discord-view.js';
import { newPassword, newToken } from '../sample-env.js';
import type { Stage } from '../stage.js';
import type { Step } from '../tour.js';

/** What cannot hurt the bot, and what it never shows. */
export const guardingSteps: readonly Step[] = [
  { title: 'An ordinary member is refused', run: refusal },
  { title: 'A malformed file is kept out', run: malformed },
  { title: 'A rotated secret never shows', run: rotation },
];

async function refusal(stage: Stage): Promise<void> {
  const { bob } = stage;
  stage.narrator.tell(
    'bob, an ordinary member, tries both ways. (Discord would not even offer him the slash command; it is sent ' +
      'all the same.)',
  );
  const before = (await stage.reloads.all()).length;
  const slash = await stage.slash(bob, 'reload-config', { force: true });
  const prefix = await stage.say(bob, '?reload-config');
  stage.holds('the slash command is refused', slash.text, '🚫');
  stage.holds('the message is refused', prefix, '🚫');
  stage.equal('nothing was reloaded', `${(await stage.reloads.all()).length - before} reloads`, '0 reloads');
}

async function malformed(stage: Stage): Promise<void> {
  const { alice, discord } = stage;
  stage.narrator.tell('Saves a file with three mistakes in it, and has alice reload it.');
  const good = await stage.text();
  const version = await stage.reloads.version();
  const presence = presenceText(discord.bot.presence);
  await stage.save(
    good
      .replace(/^BOT_PREFIX=.*$/m, 'BOT_PREFIX !')
      .replace(/^BOT_ACTIVITY=.*$/m, "BOT_ACTIVITY='chess with nobody")
      .concat('MAX_USER_MEMORY=60\n'),
  );
  const reply = await stage.slash(alice, 'reload-config');
  const log = await stage.log(/still in effect/);
  const activity = await stage.say(alice, '?config-status BOT_ACTIVITY');
  const faults = reply.text.split('\n').filter((line) => line.startsWith('• ')).length;
  stage.equal('every mistake is named, with its line', `${faults} faults`, '3 faults');
  stage.holds('the log says the same', log, '❌ Configuration reload failed:');
  stage.holds('the version before stays in effect', reply.text, `🔖 Version: ${version} (still in effect)`);
  stage.equal('people see the activity from before', presenceText(discord.bot.presence), presence);
  stage.holds(
    'the prefix from before works, and the bot knows the value from before',
    activity,
    'chess with the sea',
  );

  stage.narrator.tell(
    'Mends the file, goes back to the old prefix and the quick watch, and has alice reload it.',
  );
  await stage.edit({ BOT_PREFIX: '!', CONFIG_POLL_INTERVAL_MS: '200' }, good);
  const mended = await stage.slash(alice, 'reload-config');
  await stage.log(/Configuration reload complete/);
  stage.holds('the mended file is taken', mended.text, '✅ Configuration reloaded successfully!');
}

async function rotation(stage: Stage): Promise<void> {
  const { alice, bob, discord, narrator } = stage;
  narrator.tell(
    'Saves a new token and a new password for a database; the watch notices. The bot asks Discord whose token it ' +
      'is, and moves its session over to it.',
  );
  const version = await stage.reloads.version();
  const [token, password] = [newToken(), newPassword()];
  stage.secrets.push(token, password);
  discord.tokens.add(token);
  await stage.edit({ DISCORD_TOKEN: token, DATABASE_PASSWORD: password });
  // The session may be back before or after the report.
  const log = await stage.log(/secrets? changed/, /event\(s\) replayed/);
  narrator.tell('Discord revokes the old token; bob and alice notice nothing of it.');
  discord.tokens.revoke(stage.secrets[0] ?? '', { disconnect: true });
  const refused = await stage.say(bob, '!config-status');
  const status = await stage.slash(alice, 'config-status', { options: { setting: 'DATABASE_PASSWORD' } });
  stage.holds('the log says that two secrets changed', log, '🔑 2 secrets changed');
  stage.holds('the version, which knows no secrets, is the same', log, `${version} → ${version}`);
  stage.holds('the bot answers with the new token', refused, '🚫');
  stage.holds('a status shows a mask', status.text, '[hidden]');
  stage.equal(
    'it kept its session, so no message was lost',
    `${stage.discord.bot.identifies} login(s), connected: ${String(stage.discord.bot.connected)}`,
    '1 login(s), connected: true',
  );
  const { found, searched } = await stage.leaks();
  stage.equal(
    `no old or new value, plain or encoded, in anything that ever left the bot but its login (${searched})`,
    found.join('\n') || 'none',
    'none',
  );
  const { violations } = stage.discord;
  stage.equal(
    'Discord had nothing to object to in the whole tour',
    violations.map(({ kind, detail }) => `${kind}: ${detail}`).join('\n') || 'nothing',
    'nothing',
  );
}

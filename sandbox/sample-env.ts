import { randomBytes } from 'node:crypto';

/** The secrets in the file, and the URL of the model endpoint. */
interface SampleValues {
  readonly token: string;
  readonly password: string;
  readonly key: string;
  readonly modelUrl: string;
}

/** The `.env` that the tour starts with. */
export function sampleEnv({ token, password, key, modelUrl }: SampleValues): string {
  return `# Our bot's configuration. Edit it while the bot runs: changes apply within seconds.

# A made-up token, which only the Discord of this sandbox accepts.
DISCORD_TOKEN=${token}

# What users see.
BOT_PREFIX=!
BOT_ACTIVITY='chess with the moon'

# How often to check the file, and how long it must be quiet before it is read.
# Short for this tour; the defaults are 5000 and 2000.
CONFIG_POLL_INTERVAL_MS=200
CONFIG_DEBOUNCE_MS=100

# How many notes the bot keeps about each user.
MAX_USER_MEMORY=20

# What answers /ask: an endpoint on this machine, which names the model requested.
TEXT_BACKEND=openai
OPENAI_API_BASE=${modelUrl}
OPENAI_API_KEY=${key}
OPENAI_TEXT_MODEL=small-model

# Keys of our own, which the bot only passes through.
SEASON=spring
DATABASE_PASSWORD=${password}
`;
}

/** A token shaped like Discord's, but worthless. */
export function newToken(): string {
  const id = Buffer.from(`1${String(randomBytes(6).readUIntBE(0, 6)).padStart(17, '0')}`).toString(
    'base64url',
  );
  return [
    id,
    randomBytes(5).toString('base64url').slice(0, 6),
    randomBytes(29).toString('base64url').slice(0, 38),
  ].join('.');
}

/** A worthless password. */
export function newPassword(): string {
  return randomBytes(15).toString('hex');
}

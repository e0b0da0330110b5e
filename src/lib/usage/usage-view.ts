import { relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import { type DayTotal, endOfDay, type Tokens, type Usage } from './usage.js';

/** What may be used, as the settings have it; 0 for no limit. */
export interface UsageLimits {
  readonly ASSISTANT_REQUESTS_PER_MINUTE: number;
  readonly ASSISTANT_DAILY_TOKENS_PER_PERSON: number;
  readonly ASSISTANT_DAILY_TOKENS: number;
}

/** What somebody has used today and, for administrators, what everybody has. `now` is in milliseconds since 1970. */
export function usageReply(own: Usage, total: DayTotal | null, limits: UsageLimits, now: number): Reply {
  const { ASSISTANT_REQUESTS_PER_MINUTE: perMinute } = limits;
  const lines = [
    '📊 **Your usage today**',
    usageLine(own, limits.ASSISTANT_DAILY_TOKENS_PER_PERSON),
    ...(perMinute > 0 ? [`Up to ${counted(perMinute, 'request')} a minute`] : []),
  ];
  if (total !== null) {
    lines.push(
      '',
      `🌐 **Everybody's usage today** (${counted(total.people, 'person', 'people')})`,
      usageLine(total, limits.ASSISTANT_DAILY_TOKENS),
    );
  }
  return { lines: [...lines, `-# A new day begins ${relativeTime(endOfDay(now))}.`] };
}

function usageLine({ requests, ...tokens }: Usage, limit: number): string {
  return `${counted(requests, 'request')} · ${tokensIn(tokens, limit)}`;
}

function tokensIn({ input, output }: Tokens, limit: number): string {
  const used =
    limit > 0 ? `${written(input + output)} of ${counted(limit, 'token')}` : counted(input + output, 'token');
  return `${used} (${written(input)} in, ${written(output)} out)`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${written(count)} ${count === 1 ? one : many}`;
}

function written(count: number): string {
  return count.toLocaleString('en');
}

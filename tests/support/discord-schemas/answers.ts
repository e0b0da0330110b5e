import * as spec from 'discord-api-spec/zod';
import type { AnswerRecord } from 'loopback-discord';
import { z } from 'zod';

const commands = z.array(spec.ApplicationCommandResponseSchema);

/** Discord's own schemas, by method and path, of all that the loopback Discord answers with a 200. */
const SCHEMAS: readonly (readonly [RegExp, z.core.$ZodType])[] = [
  [/^GET \/gateway\/bot$/, spec.GatewayBotResponseSchema],
  [/^GET \/users\/@me$/, spec.UserPIIResponseSchema],
  [/^GET \/users\/\d+$/, spec.UserResponseSchema],
  [/^POST \/users\/@me\/channels$/, spec.PrivateChannelResponseSchema],
  [/^GET \/applications\/@me$/, spec.PrivateApplicationResponseSchema],
  [/^(?:GET|PUT) \/applications\/\d+\/(?:guilds\/\d+\/)?commands$/, commands],
  [/^GET \/guilds\/\d+$/, spec.GuildWithCountsResponseSchema],
  [/^GET \/guilds\/\d+\/members\/\d+$/, spec.GuildMemberResponseSchema],
  [/^GET \/channels\/\d+$/, z.union([spec.GuildChannelResponseSchema, spec.PrivateChannelResponseSchema])],
  [/^GET \/channels\/\d+\/messages$/, z.array(spec.MessageResponseSchema)],
  [/^(?:POST|GET|PATCH) \/channels\/\d+\/messages(?:\/\d+)?$/, spec.MessageResponseSchema],
  [/^POST \/interactions\/\d+\/[\w-]+\/callback$/, spec.InteractionCallbackResponseSchema],
  [
    /^(?:POST|GET|PATCH) \/webhooks\/\d+\/[\w-]+(?:\/messages\/(?:@original|\d+))?$/,
    spec.MessageResponseSchema,
  ],
];

/** What Discord's schemas have against that answer; nothing when it is as Discord would have given it. */
export function faultsOf({ method, path, status, body }: AnswerRecord): string[] {
  if (body === undefined) return [];
  const { pathname } = new URL(path, 'http://loopback');
  const asked = `${method} ${decodeURIComponent(pathname).replace(/^\/api(?:\/v\d+)?/, '')}`;
  const schema =
    status === 429 ? spec.RatelimitedResponseSchema : status >= 400 ? spec.ErrorSchema : undefined;
  const expected = schema ?? SCHEMAS.find(([pattern]) => pattern.test(asked))?.[1];
  if (!expected) return [`${asked}: no schema is known`];
  const { error } = z.safeParse(expected, body);
  return (
    error?.issues.map((issue) => `${asked} ${status} ${issue.path.join('.')}: ${JSON.stringify(issue)}`) ?? []
  );
}

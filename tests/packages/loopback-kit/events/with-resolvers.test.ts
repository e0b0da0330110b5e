import { withResolvers } from 'loopback-kit';
import { expect, it } from 'vitest';

it('gives a promise that is settled from outside', async () => {
  const kept = withResolvers<number>();
  kept.resolve(1);
  expect(await kept.promise).toBe(1);
  const broken = withResolvers<number>();
  broken.reject(new Error('broken'));
  await expect(broken.promise).rejects.toThrow('broken');
});

import { expect, it } from 'vitest';

import { applicationToWire } from '../../../../packages/loopback-discord/src/wire/application.js';
import { newWorld } from '../new-world.js';

it('names the owner, or the user that stands for the team', () => {
  const alone = newWorld({ owner: { name: 'olivia' } });
  expect(applicationToWire(alone, alone.bot)).toMatchObject({ owner: { username: 'olivia' }, team: null });
  const together = newWorld({ team: { members: [{ name: 'ann' }, { name: 'ben', accepted: false }] } });
  const { owner, team } = applicationToWire(together, together.bot);
  expect(owner?.id).toBe(team?.id);
  expect(team?.owner_user_id).toBe(together.owner.id);
  expect(team?.members.map(({ membership_state: state }) => state)).toEqual([2, 1]);
});

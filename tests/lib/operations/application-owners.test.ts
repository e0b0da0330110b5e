import { beforeEach, describe, expect, it } from 'vitest';

import { ApplicationOwners } from '../../../src/lib/operations/application-owners.js';

const OWNED = { owner: { id: '1' }, team: null, bot_public: false };

let now: number;
let answers: unknown[];
let asked: number;
let failures: unknown[];
let owners: ApplicationOwners;

beforeEach(() => {
  now = 0;
  asked = 0;
  answers = [];
  failures = [];
  owners = new ApplicationOwners({
    ask: () => {
      asked++;
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    onFailure: (error) => failures.push(error),
    now: () => now,
  });
});

function member(id: string, role: string, state: number): object {
  return { user: { id }, role, membership_state: state };
}

describe('what is known of an application', () => {
  it('is asked for once by any number of people, and believed for ten minutes', async () => {
    answers = [OWNED, OWNED];
    const known = await Promise.all(Array.from({ length: 10 }, () => owners.know()));
    expect(known.at(-1)).toEqual({ ownerIds: ['1'], isPublic: false });
    now = 599_999;
    await owners.know();
    expect(asked).toBe(1);
    now = 600_000;
    await owners.know();
    expect(asked).toBe(2);
  });

  it('is not asked for again for a minute after a failure, of which is told once', async () => {
    answers = [new Error('503'), OWNED];
    for (let ask = 0; ask < 10; ask++) expect(await owners.know()).toEqual({ ownerIds: [], isPublic: true });
    expect([asked, failures.length]).toEqual([1, 1]);
    now = 60_000;
    expect(await owners.know()).toEqual({ ownerIds: ['1'], isPublic: false });
  });

  it('stays what it was while Discord does not say', async () => {
    answers = [OWNED, new Error('503')];
    await owners.know();
    now = 600_000;
    expect(await owners.know()).toEqual({ ownerIds: ['1'], isPublic: false });
  });

  it('names the members of a team who have accepted and may do more than read', async () => {
    const members = [member('2', 'admin', 2), member('3', 'developer', 2), member('4', 'admin', 1)];
    const team = { members: [...members, member('5', 'read_only', 2)] };
    answers = [{ owner: { id: '9' }, team }];
    expect(await owners.know()).toEqual({ ownerIds: ['2', '3'], isPublic: true });
  });

  it.each([null, 7, 'text'])('is nothing when the answer is %j', async (answer) => {
    answers = [answer];
    expect(await owners.know()).toEqual({ ownerIds: [], isPublic: true });
    expect(failures).toHaveLength(1);
  });
});

import { expect, it } from 'vitest';

import { Router } from '../../../../packages/loopback-discord/src/rest/router.js';

it('finds the first route of that method and path, and decodes its parts', () => {
  const router = new Router();
  router.add('GET', '/users/@me', () => 'self');
  router.add('GET', '/users/:user', () => 'user', { open: true });
  expect(router.find('GET', '/users/@me')?.route).toMatchObject({ open: false });
  const found = router.find('GET', '/users/%40original');
  expect(found?.route.open).toBe(true);
  expect(found?.param('user')).toBe('@original');
  expect(found?.param('guild')).toBe('');
  expect(router.find('POST', '/users/1')).toBeUndefined();
  expect(router.find('GET', '/users/1/more')).toBeUndefined();
});

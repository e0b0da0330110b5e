import { assume } from 'loopback-kit';

import { Desk } from '../../../../src/lib/assistant/answers/desk.js';
import type { Showing } from '../../../../src/lib/assistant/delivery/place.js';
import type { Job } from '../../../../src/lib/assistant/delivery/requests.js';
import type { ModelRequest } from '../../../../src/lib/assistant/model/meter.js';

/** A job with these settings, and what is posted in its place. */
export function jobWith(settings: object, msLeft = Infinity): { job: Job; posted: Showing[] } {
  const posted: Showing[] = [];
  const place = {
    msLeft,
    hidesQuestion: false,
    post: (showing: Showing) => {
      posted.push(showing);
      return Promise.resolve({
        id: String(posted.length),
        edit: (edited: Showing) => Promise.resolve(void posted.push(edited)),
      });
    },
  };
  const job = assume<Job>({
    place,
    asker: { id: '1', name: 'alice' },
    images: [],
    snapshot: { files: new Map(), settings: { TIMEOUT: 5, TEXT_VISION: false, ...settings } },
  });
  return { job, posted };
}

/** A desk that knows one secret, and the requests it was told of. */
export function deskWith(secret: string): { desk: Desk; requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  const desk = new Desk({
    mask: (text) => text.replaceAll(secret, '[hidden]'),
    onModelRequest: (request) => requests.push(request),
  });
  return { desk, requests };
}

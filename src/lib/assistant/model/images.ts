import { boundedBody } from './bounded-body.js';
import type { AttachmentFacts } from './recording.js';

/** What the models of OpenAI and Ollama can read. */
const READABLE = /^image\/(gif|jpeg|png|webp)$/;

/** For one question: all of it is in memory, half as long again, while the question is on its way. */
const MOST_IMAGES = 4;
const MOST_BYTES = 5 * 1024 * 1024;

const UNREADABLE = `I can look at up to ${String(MOST_IMAGES)} images (PNG, JPEG, GIF or WebP) of ${String(MOST_BYTES / 1024 / 1024)} MB together.`;

/** The images of a question, as far as they could be used. */
export interface Images {
  /** `data:` URLs: Ollama fetches none itself, and a service elsewhere need not know Discord's addresses. */
  readonly urls: readonly string[];
  /** What the asker should know of the rest, in a short sentence; `null` for nothing. */
  readonly remark: string | null;
}

/** Whether Discord says that an attachment is an image. */
export function isImage({ contentType }: Pick<AttachmentFacts, 'contentType'>): boolean {
  return contentType?.startsWith('image/') === true;
}

/** What is said of images that no model is shown. */
export function unseen(images: readonly AttachmentFacts[]): Images {
  if (images.length === 0) return { urls: [], remark: null };
  const subject = images.length === 1 ? 'The image was' : 'The images were';
  return { urls: [], remark: `${subject} ignored: this bot's model cannot see.` };
}

/** Fetches images from where Discord's API says they are, and nowhere else. Never rejects. */
export async function fetchImages(images: readonly AttachmentFacts[], signal: AbortSignal): Promise<Images> {
  const urls: string[] = [];
  let room = MOST_BYTES;
  for (const image of images.slice(0, MOST_IMAGES)) {
    const bytes = await bytesOf(image, room, signal);
    if (bytes === null) continue;
    room -= bytes.length;
    urls.push(`data:${typeOf(image)};base64,${bytes.toString('base64')}`);
  }
  const ignored = images.length - urls.length;
  if (ignored === 0) return { urls, remark: null };
  const subject = ignored === 1 ? 'An image was' : `${String(ignored)} images were`;
  return { urls, remark: `${subject} ignored: ${UNREADABLE}` };
}

/** `null` when it cannot be read, is larger than `room`, or is gone. */
async function bytesOf(image: AttachmentFacts, room: number, signal: AbortSignal): Promise<Buffer | null> {
  if (!READABLE.test(typeOf(image)) || image.size > room) return null;
  try {
    const response = await fetch(image.url, { redirect: 'error', signal });
    if (response.ok) return await boundedBody(response, room);
    await response.body?.cancel();
    return null;
  } catch {
    return null;
  }
}

function typeOf({ contentType }: AttachmentFacts): string {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  return type.trim();
}

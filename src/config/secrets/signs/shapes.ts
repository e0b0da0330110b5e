import type { Stretch } from '../stretches.js';

/**
 * What secrets look like by themselves, after the rules of the scanners gitleaks and secretlint. Every expression is
 * linear, which a test asks a checker.
 */
interface Shape {
  /** One of these is in whatever the expression fits: most texts are spared it. */
  readonly hints: readonly string[];
  /** Global. The secret is the first group, at the end of the match, or else all of it. */
  readonly pattern: RegExp;
  /** Whether what the expression fits is a secret, and not a word. */
  readonly isLikely?: (secret: string) => boolean;
}

/** What makers put in front of their tokens, so that scanners find them. */
const MARKS =
  `sk- sk_ pk- pk_ rk- rk_ ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glft- glrt- glptt- glcbt- glimt-
  glagent- gloas- glsoat- glffct- GR1348941 xoxa- xoxb- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp- hf_ npm_ pypi- dckr_pat_
  dckr_oat_ gsk_ nvapi- pplx- tvly- pcsk_ sbp_ sb_secret_ rnd_ phx_ phc_ CFPAT- nfp_ figd_ figu_ lin_api_ lin_oauth_ ntn_
  whsec_ FLWSECK duffel_test_ duffel_live_ dp.pt. dp.st. dp.ct. dop_v1_ doo_v1_ dor_v1_ shpat_ shpca_ shppa_ shpss_ sq0atp-
  sq0csp- xkeysib- xsmtpsib- pul- PMAK- pscale_tkn_ pscale_oauth_ pscale_pw_ rubygems_ rdme_ sntryu_ sntrys_ glc_ glsa_
  NRAK- NRII- NRJS- AGE-SECRET-KEY- ops_eyJ GOCSPX- ya29. dnkey- p8e- fio-u- fo1_ fm1a_ fm1r_ fm2_ hvs. hvb. tk-us- sm_aat_
  sm_pat_ sm_sat_ shippo_live_ shippo_test_ sgp_ squ_ sqp_ sqa_ tfp_ pnu_ sha256~ CLOJARS_ tskey- ATATT3 ATCTT3 ATBB AKCp
  cmVmd dt0c01. dt0s01. EZAK EZTK ABSK LTAI AQVN live_pub_ test_pub_ access-production- access-sandbox- access-development-
  EAAA EAAC EAAM EAAB EAAG HRKU- eyJrIjoi SG. xai- r8_ fw_ sl. re_ live_ secret_ 1//0`.split(/\s+/);

/** The marks by their first three characters. */
const MARKS_BY_BEGINNING = new Map<string, string[]>();
for (const mark of MARKS) {
  const beginning = mark.slice(0, 3);
  MARKS_BY_BEGINNING.set(beginning, [...(MARKS_BY_BEGINNING.get(beginning) ?? []), mark]);
}

const BEHIND_A_MARK = /[\w-]{16,}(?:[.~][\w-]{3,})*/y;

/** What follows a mark is no word: `access-production-environment` has no digit, and one kind of letters. */
function isGenerated(text: string): boolean {
  return hasDigit(text) || (/[A-Z]/.test(text) && /[a-z]/.test(text));
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

/** Runs of what tokens are written in: nothing shorter than the shortest token ("sk-" and 16 more) needs a look. */
const TOKENS = /[\w.~/-]{19,}/g;

/** Those of nothing but letters, digits, "_" and "-". */
const PLAIN_SHAPES: readonly Shape[] = [
  {
    hints: ['A3T', 'AKIA', 'ASIA', 'ABIA', 'ACCA'],
    pattern: /\b(?:A3T[A-Z\d]|AKIA|ASIA|ABIA|ACCA)[A-Z\d]{16}\b/g,
  },
  { hints: ['AIza'], pattern: /\bAIza[\w-]{30,}/g },
  { hints: ['SK'], pattern: /\bSK[\da-fA-F]{32}\b/g },
  { hints: ['A3-'], pattern: /\bA3-[A-Z\d]{6}-[A-Z\d-]{15,40}\b/g },
  { hints: ['API-'], pattern: /\bAPI-[A-Z\d]{26}\b/g },
  { hints: ['key-'], pattern: /\b(?:pub)?key-[\da-f]{32}\b/g },
  { hints: ['-us'], pattern: /\b[\da-f]{32}-us\d{1,2}\b/g },
  { hints: ['_mmk'], pattern: /\b[A-Za-z\d]{6}_[A-Za-z\d]{29}_mmk\b/g },
  { hints: ['dapi'], pattern: /\bdapi[\da-f]{32}(?:-\d)?\b/g },
  { hints: ['4b1d'], pattern: /\b4b1d[A-Za-z\d]{38}\b/g },
  { hints: ['YC'], pattern: /\bYC[\w-]{38}\b/g },
];

/** Those with something else in them. */
const SHAPES: readonly Shape[] = [
  // Discord bot token: base64 of the user id, time, HMAC.
  { hints: ['.'], pattern: /\b[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,45}\b/g },
  { hints: ['webhooks/'], pattern: /\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+/g },
  // The token of an interaction or a webhook in a path of Discord's API, whatever host it is asked of: whoever has it
  // can speak as the bot for a quarter of an hour.
  {
    hints: ['interactions/', 'webhooks/'],
    pattern: /\b(?:interactions|webhooks)\/\d{17,20}\/[\w-]{16,}/g,
  },
  {
    hints: ['hooks.slack'],
    pattern: /\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/+-]{20,}/g,
  },
  { hints: ['/webhook'], pattern: /\boffice(?:365)?\.com\/webhook(?:b2)?\/[\w@/.-]{30,}/g },
  {
    hints: ['/hooks/', '/webhook/', 'hc-ping'],
    pattern: /(?:\/hooks\/|\/webhook\/|\bhc-ping\.com\/)[\w/-]{16,}/g,
  },
  { hints: ['ifttt.com'], pattern: /\bifttt\.com\/[\w/]{1,80}\/key\/[\w-]{10,}/g },
  { hints: [':A'], pattern: /\b(?:bot)?\d{5,16}:A[\w-]{32,36}/g },
  { hints: ['Q~'], pattern: /[\w~.]{3}\dQ~[\w~.-]{31,34}/g },
  { hints: ['|', '%'], pattern: /\b\d{15,16}[|%][\w-]{27,40}/g },
  { hints: [':'], pattern: /\b[01]\/\d{16}(?:\/\d{16})?:[\da-f]{32}\b/g },
  { hints: ['pat'], pattern: /\bpat[A-Za-z\d]{14}\.[\da-f]{64}\b/g },
  { hints: ['pat.', 'sat.'], pattern: /\b[ps]at\.[\w-]{22}\.[A-Za-z\d]{24}\.[A-Za-z\d]{20}\b/g },
  { hints: ['v1.0-'], pattern: /\bv1\.0-[\da-f]{24}-[\da-f]{60,}/g },
  { hints: ['t1.'], pattern: /\bt1\.[\w-]{1,400}=?=?\.[\w-]{86}/g },
  { hints: ['.atlasv1.'], pattern: /[A-Za-z\d]{14}\.atlasv1\.[\w=-]{60,}/g },
  { hints: ['s.'], pattern: /\bs\.[A-Za-z\d]{24}\b/g },
  { hints: ['.acc'], pattern: /\.acc[_-][a-z\d-]{10,32}\.[\w+/=-]{30,120}/g },
  // A private key: the whole block, or what there is of it.
  {
    hints: ['PRIVATE KEY'],
    pattern:
      /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-{1,4}[^-]+)*(?:-----END [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  { hints: ['PuTTY-User-Key'], pattern: /PuTTY-User-Key-File-\d[\s\S]*/g },
  {
    hints: ['uthorization', 'UTHORIZATION'],
    pattern:
      /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token|bot|key)\s{1,3}([^\s"'`,;]{4,})/gi,
  },
  {
    hints: ['uthorization', 'UTHORIZATION', 'pi-key', 'pi-Key', 'PI-KEY', 'uth-token', 'uth-Token'],
    pattern: /\b(?:authorization|x-api-key|api-key|x-auth-token)["']?\s{0,3}:\s{0,3}["']?([^\s"'`,;]{8,})/gi,
    isLikely: hasDigit,
  },
  { hints: ['earer ', 'EARER '], pattern: /\bbearer\s{1,3}([\w.~+/-]{20,}=?=?)/gi, isLikely: hasDigit },
  { hints: ['asic '], pattern: /\bbasic\s{1,3}([\w+/-]{16,}={1,2})/gi },
  {
    hints: ['AccountKey', 'SharedAccess', 'accountkey', 'sharedaccess'],
    pattern: /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=([^;\s"'`]{8,})/gi,
  },
];

const PLAIN = /^[\w-]*$/;
const ALL_SHAPES = [...SHAPES, ...PLAIN_SHAPES];

/** Where in a text something stands that has the shape of a secret; they may overlap. */
export function shapesIn(text: string): Stretch[] {
  const found: Stretch[] = [];
  if (text.length < SHORTEST_SHAPE) return found;
  for (const { hints, pattern, isLikely } of PLAIN.test(text) ? PLAIN_SHAPES : ALL_SHAPES) {
    if (!hints.some((hint) => text.includes(hint))) continue;
    for (const { index, 0: all, 1: secret = all } of text.matchAll(pattern)) {
      if (isLikely?.(secret) === false) continue;
      const end = index + all.length;
      found.push([end - secret.length, end]);
    }
  }
  for (const { index, 0: token } of text.matchAll(TOKENS)) {
    markedIn(token, index, found);
    webTokensIn(token, index, found);
  }
  return found;
}

/** Tokens with a mark that is not in the middle of a word. */
function markedIn(token: string, index: number, found: Stretch[]): void {
  let from = 0;
  for (const { index: at } of token.matchAll(/\b\w/g)) {
    const marks = at < from ? undefined : MARKS_BY_BEGINNING.get(token.slice(at, at + 3));
    const mark = marks?.find((one) => token.startsWith(one, at));
    if (mark === undefined) continue;
    BEHIND_A_MARK.lastIndex = at + mark.length;
    const [rest] = BEHIND_A_MARK.exec(token) ?? [];
    if (rest === undefined || !isGenerated(mark + rest)) continue;
    from = at + mark.length + rest.length;
    found.push([index + at, index + from]);
  }
}

/** The shortest text with a shape of its own: `Bearer` and the like have one with what stands in front of them. */
const SHORTEST_SHAPE = 19;

/** JSON Web Tokens, and what is joined to their front. */
function webTokensIn(token: string, index: number, found: Stretch[]): void {
  if (!token.includes('eyJ')) return;
  const runs = [...token.matchAll(/[\w-]+/g)];
  for (let at = 0; at < runs.length; at++) {
    const [head, body, signature] = [runs[at], runs[at + 1], runs[at + 2]];
    if (head === undefined || body === undefined || !isJoined(token, head, body) || body[0].length < 8)
      continue;
    const start = head[0].search(/\beyJ/);
    if (start === -1 || head[0].length - start < 11) continue;
    const bodyEnd = body.index + body[0].length;
    let end = token.charAt(bodyEnd) === '.' ? bodyEnd + 1 : bodyEnd;
    if (signature !== undefined && isJoined(token, body, signature))
      end = signature.index + signature[0].length;
    found.push([index + head.index, index + end]);
    at += 2;
  }
}

function isJoined(token: string, left: RegExpExecArray, right: RegExpExecArray): boolean {
  return right.index === left.index + left[0].length + 1 && token.charAt(right.index - 1) === '.';
}

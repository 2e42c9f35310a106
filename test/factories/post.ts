import type { TestApp } from '../setup/test-app';
import type { LoggedIn } from './administrator';
import { aCreator } from './tier';

/** A post as it is answered. */
export interface AnsweredPost {
  readonly id: number;
  readonly creator: { readonly id: number; readonly username: string; readonly profile_pic: string };
  readonly title: string;
  readonly teaser: string;
  readonly body: string | null;
  readonly body_html: string | null;
  readonly kind: string;
  readonly link: string | null;
  readonly media: readonly { readonly id: number }[];
  readonly tiers: readonly number[];
  readonly early: readonly { readonly tier: number; readonly from: string }[];
  readonly visibility: string;
  readonly locked: boolean;
  readonly unlock: { readonly tier: number; readonly name: string } | null;
  readonly like_count: number;
  readonly comment_count: number;
  readonly liked: boolean;
  readonly status: string;
  readonly publish_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Somebody who may publish. */
export function aPoster(app: TestApp): Promise<LoggedIn> {
  return aCreator(app);
}

let posts = 0;

/** Published for everybody, unless told. */
export async function aPost(app: TestApp, creator: LoggedIn, overrides: object = {}): Promise<AnsweredPost> {
  posts += 1;
  const audience = 'tiers' in overrides ? {} : { visibility: 'public' };
  const body = {
    title: `Post ${posts}`,
    teaser: `Teaser ${posts}`,
    body: `Body *${posts}*`,
    ...audience,
    ...overrides,
  };
  const answer = await creator.call('POST', '/content/api/content/', body);
  if (answer.statusCode !== 201) throw new Error(`The post was answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<AnsweredPost>();
}

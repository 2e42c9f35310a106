import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type JsonList, listOf } from '../../infra/database/json-column';
import { hmacSha256, timingSafeEqualText } from '../../infra/crypto/digest';
import { Settings } from '../../infra/config/settings';

export const MEDIA_KINDS = ['image', 'video', 'audio', 'document'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

const EXAMPLE = 'https://guildhall.example.org/content/media/31/original?expires=1798761600&signature=rk3Jd8sLq0Zx7V';

/** A file of a post. */
export class MediaView {
  @ApiProperty({ type: 'integer', example: 31 })
  id: number;

  @ApiProperty({ enum: MEDIA_KINDS, example: 'image' })
  kind: MediaKind;

  @ApiProperty({ example: 'image/png' })
  content_type: string;

  @ApiProperty({ description: 'As it was uploaded.', example: 'cover.png' })
  name: string;

  @ApiProperty({ type: 'integer', description: 'In bytes.', example: 48213 })
  size: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 1280 })
  width: number | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 720 })
  height: number | null;

  @ApiProperty({ type: String, format: 'uri', description: 'Ends within 5 minutes.', example: EXAMPLE })
  url: string;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description: 'A small picture; ends within 5 minutes.',
    example: EXAMPLE.replace('original', 'preview'),
  })
  preview_url: string | null;
}

export const MEDIA_VARIANTS = ['original', 'preview'] as const;
export type MediaVariant = (typeof MEDIA_VARIANTS)[number];

/** What is shown of a file beside its links. */
export interface MediaRow extends Omit<MediaView, 'url' | 'preview_url'> {
  readonly has_preview: boolean | number;
}

/** `[position, id, kind, content type, name, size, width, height, has preview]`, as `postRows` selects media. */
export type MediaTuple = [
  number,
  number,
  MediaKind,
  string,
  string,
  number,
  number | null,
  number | null,
  boolean | number,
];

/** The SQL of one: `use` names the row that has its position, `media` the file's. */
export function mediaTuple(use: string, media: string): string {
  const columns = ['id', 'kind', 'content_type', 'name', 'size', 'width', 'height'].map((name) => `${media}.${name}`);
  return `json_build_array(${use}.position, ${columns.join(', ')}, ${media}.preview_key is not null)`;
}

const LIFE_SECONDS = 5 * 60;
/** Links made within the same minute are the same, so that a browser's cache knows them. */
const STEP_SECONDS = 60;

/** Links to gated media: whoever has one may look until it ends. */
@Injectable()
export class MediaLinkService {
  private readonly origin: string;
  private readonly keys: readonly Buffer[];

  constructor({ publicUrl, jwtSecrets }: Settings) {
    this.origin = publicUrl.origin;
    this.keys = jwtSecrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'media-links', 32)));
  }

  url(id: number, variant: MediaVariant, now: Date): string {
    const seconds = Math.floor(now.getTime() / 1000 / STEP_SECONDS) * STEP_SECONDS;
    const expires = seconds + LIFE_SECONDS;
    const [key = Buffer.alloc(0)] = this.keys;
    const signature = signatureOf(key, id, variant, expires);
    return `${this.origin}/content/media/${id}/${variant}?expires=${expires}&signature=${signature}`;
  }

  /** Whether this is a link of ours that hasn't ended; with every key of the list. */
  holds(id: number, variant: MediaVariant, expires: number, signature: string, now: Date): boolean {
    if (expires * 1000 <= now.getTime()) return false;
    const good = this.keys.filter((key) => timingSafeEqualText(signatureOf(key, id, variant, expires), signature));
    return good.length > 0;
  }

  /** What `postRows` selected, in its order. */
  views(json: JsonList<MediaTuple>, now: Date): MediaView[] {
    const tuples = listOf<MediaTuple>(json).sort(([a], [b]) => a - b);
    return tuples.map(([, id, kind, content_type, name, size, width, height, has_preview]) =>
      this.view({ id, kind, content_type, name, size, width, height, has_preview }, now),
    );
  }

  view({ has_preview, ...media }: MediaRow, now: Date): MediaView {
    const preview_url = has_preview ? this.url(media.id, 'preview', now) : null;
    return { ...media, url: this.url(media.id, 'original', now), preview_url };
  }
}

function signatureOf(key: Buffer, id: number, variant: MediaVariant, expires: number): string {
  return hmacSha256(key, `${id}:${variant}:${expires}`).toString('base64url');
}

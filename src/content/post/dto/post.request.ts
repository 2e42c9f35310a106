import { ChoiceField, DateTimeField, IntegerField, ListField, UrlField } from '../../../infra/http/fields';
import { checkObject } from '../../../infra/http/fields/plan';
import { ShortPagedQuery } from '../../../infra/http/page.request';
import { PkField, PkListField } from '../../../infra/http/fields/pk.field';
import { PostTextField } from '../post-text.field';
import {
  POST_KINDS,
  POST_STATUSES,
  type PostKind,
  type PostStatus,
  type Visibility,
  VISIBILITIES,
} from '../post-view.service';

const MAX_TITLE = 200;
const MAX_TEASER = 1000;
const MAX_BODY = 100_000;
const MAX_MEDIA = 10;
const MAX_TIERS = 50;
const MAX_EARLY = 20;

export class EarlyRequest {
  @PkField({ description: 'A tier of your own.', example: 3 })
  tier: number;

  @DateTimeField({ description: 'Before `publish_at`.', example: '2026-12-01T09:00:00Z' })
  from: Date;
}

/** Whatever else a client sends, such as the counts of an answer, is passed over. */
export class PostChangeRequest {
  @PostTextField({ required: false, max: MAX_TITLE, example: 'How I mix a rhythm track' })
  title?: string;

  @PostTextField({ required: false, max: MAX_TEASER, blank: true, example: 'Three channels, one bus.' })
  teaser?: string;

  @PostTextField({
    required: false,
    max: MAX_BODY,
    blank: true,
    trim: false,
    description: 'Markdown; HTML in it is shown as it is written.',
    example: 'First, *listen*.',
  })
  body?: string;

  @ChoiceField(POST_KINDS, { required: false, description: '`text` unless told.', example: 'text' })
  kind?: PostKind;

  @UrlField({
    required: false,
    nullable: true,
    blank: true,
    description: 'Where the kind is `link`.',
    example: 'https://example.org/session',
  })
  link?: string | null;

  @PkListField({ required: false, max: MAX_MEDIA, description: 'Files of your own, in this order.', example: [5] })
  media?: number[];

  @PkListField({ required: false, max: MAX_TIERS, description: 'Tiers of your own that open it.', example: [3] })
  tiers?: number[];

  @ChoiceField(VISIBILITIES, { required: false, description: '`tiers` where tiers are given, else `followers`.' })
  visibility?: Visibility;

  @ChoiceField(POST_STATUSES, {
    required: false,
    description: '`published` unless told, `scheduled` where a `publish_at` is given.',
  })
  status?: PostStatus;

  @DateTimeField({ required: false, nullable: true, description: 'When a scheduled post comes out, in the future.' })
  publish_at?: Date | null;

  @ListField({
    required: false,
    item: (value) => checkObject(EarlyRequest, value),
    itemType: EarlyRequest,
    max: MAX_EARLY,
    description: "Whose members may read it before it comes out; a draft's or a scheduled post's.",
  })
  early?: EarlyRequest[];
}

export class PostRequest extends PostChangeRequest {
  @PostTextField({ max: MAX_TITLE, example: 'How I mix a rhythm track' })
  override title: string;
}

export class RemoveTiersRequest {
  @PkListField({ max: MAX_TIERS, description: 'Those that the post does not have are passed over.', example: [3] })
  tiers: number[];
}

export class PostQuery extends ShortPagedQuery {
  @IntegerField({ required: false, min: 1, description: 'The posts of this account only.', example: 7 })
  creator?: number;
}

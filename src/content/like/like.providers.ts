import type { Provider, Type } from '@nestjs/common';
import { PostLike } from './post-like.entity';

/** The part of ContentModule for like. */
export const LIKE = { entities: [PostLike], controllers: [] as Type[], providers: [] as Provider[] };

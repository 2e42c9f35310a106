import type { Provider, Type } from '@nestjs/common';
import { CreatorCounter } from './creator-counter.entity';
import { Follow } from './follow.entity';

/** The part of ContentModule for follow. */
export const FOLLOW = { entities: [CreatorCounter, Follow], controllers: [] as Type[], providers: [] as Provider[] };

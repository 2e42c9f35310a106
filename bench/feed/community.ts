import { apportion, Chance, Popularity } from './chance';
import type { Shape } from './shape';

const DAY_MS = 86_400_000;
const SPAN_MS = 730 * DAY_MS;
const VISIBILITIES = ['public', 'public', 'followers', 'followers', 'members', 'tiers'] as const;

/** Who made what, worked out before a row is written, so that every counter is right from the start. */
export class Community {
  readonly popularity: Popularity;
  /** Of each post, by index. */
  readonly creatorOf: Uint32Array;
  readonly visibilityOf: Uint8Array;
  readonly likesOf: Uint32Array;
  readonly commentsOf: Uint32Array;
  /** Of each creator, by index. */
  readonly postCounts: Uint32Array;
  readonly followerCounts: Uint32Array;
  readonly memberCounts: Uint32Array;
  /** `followsPerUser` creators of each user, one user after the other. */
  readonly follows: Uint32Array;
  /** The one creator of whose silver tier each user is a member. */
  readonly memberOf: Uint32Array;
  private readonly start: number;

  constructor(
    readonly shape: Shape,
    now: Date,
  ) {
    const { posts, creators, users, followsPerUser } = shape;
    const chance = new Chance(7);
    this.start = now.getTime() - SPAN_MS;
    this.popularity = new Popularity(creators);
    this.creatorOf = new Uint32Array(posts);
    this.visibilityOf = new Uint8Array(posts);
    this.postCounts = new Uint32Array(creators);
    this.followerCounts = new Uint32Array(creators);
    this.memberCounts = new Uint32Array(creators);
    this.follows = new Uint32Array(users * followsPerUser);
    this.memberOf = new Uint32Array(users);
    this.drawPosts(chance);
    this.drawFollows(chance);
    this.likesOf = apportion(this.interest(chance), shape.likes, users);
    this.commentsOf = apportion(this.interest(chance), shape.comments, users);
  }

  publishedAt(post: number): Date {
    return new Date(this.start + Math.floor((post / this.shape.posts) * SPAN_MS));
  }

  visibility(post: number): (typeof VISIBILITIES)[number] {
    return VISIBILITIES[this.visibilityOf[post] ?? 0] ?? 'public';
  }

  private drawPosts(chance: Chance): void {
    for (let post = 0; post < this.shape.posts; post += 1) {
      const creator = this.popularity.draw(chance);
      this.creatorOf[post] = creator;
      this.postCounts[creator] = (this.postCounts[creator] ?? 0) + 1;
      this.visibilityOf[post] = chance.below(VISIBILITIES.length);
    }
  }

  private drawFollows(chance: Chance): void {
    const { users, followsPerUser } = this.shape;
    for (let user = 0; user < users; user += 1) {
      const chosen = new Set<number>();
      while (chosen.size < followsPerUser) {
        const creator = this.popularity.draw(chance);
        if (creator !== user) chosen.add(creator);
      }
      let at = user * followsPerUser;
      for (const creator of chosen) {
        this.follows[at++] = creator;
        this.followerCounts[creator] = (this.followerCounts[creator] ?? 0) + 1;
      }
      const member = this.follows[user * followsPerUser + chance.below(followsPerUser)] ?? 0;
      this.memberOf[user] = member;
      this.memberCounts[member] = (this.memberCounts[member] ?? 0) + 1;
    }
  }

  /** A post of a creator with many followers is noticed more, and some posts are noticed far more than others. */
  private interest(chance: Chance): Float64Array {
    return Float64Array.from(this.creatorOf, (creator) => {
      const followers = this.followerCounts[creator] ?? 0;
      return (1 + followers) ** 0.5 * (1 - chance.next()) ** -0.7;
    });
  }
}

/** How much of everything a seeded community of `posts` posts has: at a million as the issue of record asks. */
export interface Shape {
  readonly posts: number;
  /** The first of the users. */
  readonly creators: number;
  readonly users: number;
  readonly followsPerUser: number;
  readonly likes: number;
  readonly comments: number;
}

export function shapeOf(posts: number): Shape {
  const creators = Math.max(60, Math.round(posts / 100));
  return {
    posts,
    creators,
    users: Math.max(creators, Math.round(posts / 10)),
    followsPerUser: 50,
    likes: posts * 5,
    comments: posts * 2,
  };
}

/** Who may sell which course, as the module that has the courses knows it. Bound in `app.module.ts`. */
export abstract class CourseSales {
  /**
   * For each text the canonical key of the course that it names; undefined where it names none, or one that isn't the
   * creator's to sell.
   */
  abstract sellable(creatorId: number, courseIds: readonly string[]): Promise<(string | undefined)[]>;
}

import { Injectable } from '@nestjs/common';
import { parseCourseKey } from '../course-key.rules';
import { CourseRepository, type SoldCourse } from './course.repository';

/** Which courses a creator may sell: those that name the account among their owners. */
@Injectable()
export class CourseSaleService {
  constructor(private readonly courses: CourseRepository) {}

  /** Without archived ones. */
  coursesSoldBy(accountId: number): Promise<SoldCourse[]> {
    return this.courses.soldBy(accountId);
  }

  /**
   * For each text the canonical key of the course that it names; undefined where it names none, or one that isn't the
   * account's to sell.
   */
  async sellable(accountId: number, texts: readonly string[]): Promise<(string | undefined)[]> {
    if (texts.length === 0) return [];
    const own = new Set((await this.courses.soldBy(accountId)).map(({ courseKey }) => courseKey));
    return texts.map((text) => {
      const key = parseCourseKey(text)?.canonical;
      return key !== undefined && own.has(key) ? key : undefined;
    });
  }
}

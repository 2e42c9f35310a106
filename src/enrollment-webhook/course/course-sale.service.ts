import { Injectable } from '@nestjs/common';
import { CourseRepository, type SoldCourse } from './course.repository';

/** Which courses a creator may sell: those that name the account among their owners. */
@Injectable()
export class CourseSaleService {
  constructor(private readonly courses: CourseRepository) {}

  /** Without archived ones. */
  coursesSoldBy(accountId: number): Promise<SoldCourse[]> {
    return this.courses.soldBy(accountId);
  }

  /** Whether all of these are the account's to sell; keys in canonical form. */
  async maySell(accountId: number, courseKeys: readonly string[]): Promise<boolean> {
    const own = new Set((await this.courses.soldBy(accountId)).map(({ courseKey }) => courseKey));
    return courseKeys.every((key) => own.has(key));
  }
}

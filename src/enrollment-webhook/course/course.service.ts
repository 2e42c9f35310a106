import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid, notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import type { Course } from '../entities/course.entity';
import { CourseSaleChanged } from '../events/course-sale-changed.event';
import { type CourseRecord, CourseRepository } from './course.repository';
import { timeFaults } from './course.rules';
import type { CourseChangeRequest, CourseQuery, CourseRequest } from './dto/course.request';
import { courseExists } from '../enrollment-webhook.errors';

/** The courses that people can be enrolled in. */
@Injectable()
export class CourseService {
  constructor(
    private readonly courses: CourseRepository,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async create(request: CourseRequest): Promise<CourseRecord> {
    try {
      const id = await this.unitOfWork.run(() => this.add(request));
      return await this.get(id);
    } catch (error) {
      if (!isUniqueViolation(error, 'uq_course_key')) throw error;
      throw courseExists(request.course_id, error);
    }
  }

  async find(query: CourseQuery, url: URL): Promise<Page<CourseRecord>> {
    const page = parsePage(query);
    const { course_id: courseKey, search: text, archived } = query;
    const [courses, count] = await this.courses.find({ courseKey, text, archived }, page);
    return pageOf(courses, count, page, url);
  }

  async get(id: number): Promise<CourseRecord> {
    const record = await this.courses.byId(id);
    if (record === undefined) throw notFound();
    return record;
  }

  /** Absent fields stay as they are. */
  async change(id: number, request: CourseChangeRequest): Promise<CourseRecord> {
    await this.unitOfWork.run(async () => {
      const { course, owners } = await this.get(id);
      const changes = this.columnsOf(request, course.archivedAt);
      await this.validate({ ...course, ...changes }, request.owners);
      await this.courses.change(id, changes, request.owners && unique(request.owners));
      const isBack = course.archivedAt !== null && request.archived === false;
      if (isBack || request.owners?.some((owner) => !owners.includes(owner))) await this.tell(course.courseKey);
    });
    return this.get(id);
  }

  /** It takes no new enrolments; those that it has stay. */
  async archive(id: number): Promise<void> {
    await this.change(id, { archived: true });
  }

  private async add(request: CourseRequest): Promise<number> {
    const course = {
      courseKey: request.course_id,
      displayName: request.display_name,
      enrolmentStart: null,
      enrolmentEnd: null,
      startsAt: null,
      endsAt: null,
      capacity: null,
      invitationOnly: false,
      archivedAt: null,
      createdAt: this.clock.now(),
      ...this.columnsOf(request, null),
    };
    const owners = unique(request.owners ?? []);
    await this.validate(course, owners);
    return this.courses.add(course, owners);
  }

  private async tell(courseKey: string): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.outbox.publish(new CourseSaleChanged({ course_id: courseKey, at }));
  }

  private columnsOf(request: CourseChangeRequest, archivedAt: Date | null): Partial<Course> & { updatedAt: Date } {
    const now = this.clock.now();
    const archived = request.archived === undefined ? undefined : request.archived ? (archivedAt ?? now) : null;
    return defined({
      displayName: request.display_name,
      enrolmentStart: request.enrolment_start,
      enrolmentEnd: request.enrolment_end,
      startsAt: request.start,
      endsAt: request.end,
      capacity: request.capacity,
      invitationOnly: request.invitation_only,
      archivedAt: archived,
      updatedAt: now,
    });
  }

  private async validate(course: Omit<Course, 'id'>, owners: readonly number[] = []): Promise<void> {
    const unknown = await this.courses.unknownAccounts(owners);
    const faults = {
      ...timeFaults(course),
      ...(unknown.length > 0 && { owners: unknown.map((id) => `Account ${id} does not exist.`) }),
    };
    if (Object.keys(faults).length > 0) throw invalid(faults);
  }
}

function unique(ids: readonly number[]): number[] {
  return [...new Set(ids)];
}

/** Without what was not given. */
function defined<T extends object>(columns: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

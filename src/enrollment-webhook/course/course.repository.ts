import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { Course } from '../entities/course.entity';
import { CourseOwner } from '../entities/course-owner.entity';

export interface CourseRecord {
  readonly course: Course;
  /** Accounts. */
  readonly owners: readonly number[];
  /** Active enrolments. */
  readonly enrolled: number;
}

export interface CourseFilter {
  /** In canonical form. */
  readonly courseKey?: string;
  /** A part of the key or of the name. */
  readonly text?: string;
  readonly archived?: boolean;
}

export interface SoldCourse {
  readonly id: number;
  readonly courseKey: string;
  readonly displayName: string;
}

const OWNERS = statement(
  'course.owners',
  `select course_id as "courseId", account_id as "accountId" from course_owner
    where course_id = any($1) order by account_id`,
);

const ENROLLED = statement(
  'course.enrolled',
  `select course_id as "courseId", count(*) as count from enrolment
    where course_id = any($1) and status = 'active' group by course_id`,
);

const SOLD_BY = statement(
  'course.sold-by',
  `select c.id, c.course_key as "courseKey", c.display_name as "displayName"
     from course_owner o join course c on c.id = o.course_id
    where o.account_id = $1 and c.archived_at is null order by c.id`,
);

const ACCOUNTS = statement('course.accounts', 'select id from account where id = any($1)');

const FORGET_OWNER = statement('course.forget-owner', 'delete from course_owner where account_id = $1');

@Injectable()
export class CourseRepository {
  constructor(private readonly database: Database) {}

  async add(course: Omit<Course, 'id'>, owners: readonly number[]): Promise<number> {
    const entity = this.database.manager.create(Course, course);
    await this.database.manager.insert(Course, entity);
    // TypeORM writes a generated bigint into the entity as text.
    const id = Number(entity.id);
    await this.addOwners(id, owners);
    return id;
  }

  async change(id: number, changes: Partial<Omit<Course, 'id'>>, owners?: readonly number[]): Promise<void> {
    await this.database.manager.update(Course, { id }, changes);
    if (owners === undefined) return;
    await this.database.manager.delete(CourseOwner, { courseId: id });
    await this.addOwners(id, owners);
  }

  async byId(id: number): Promise<CourseRecord | undefined> {
    const course = await this.database.manager.findOneBy(Course, { id });
    return course === null ? undefined : (await this.completed([course]))[0];
  }

  /** By key. */
  async find(filter: CourseFilter, page: PageRequest): Promise<[CourseRecord[], number]> {
    const query = this.database.manager.createQueryBuilder(Course, 'c');
    const { courseKey, text, archived } = filter;
    if (courseKey !== undefined) query.andWhere('c.courseKey = :courseKey', { courseKey });
    if (archived !== undefined) query.andWhere(`c.archivedAt is ${archived ? 'not null' : 'null'}`);
    if (text !== undefined) {
      const part = `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
      query.andWhere("(lower(c.courseKey) like :part escape '!' or lower(c.displayName) like :part escape '!')", {
        part,
      });
    }
    query.orderBy('c.courseKey').offset(offsetOf(page)).limit(page.size);
    const [courses, count] = await query.getManyAndCount();
    return [await this.completed(courses), count];
  }

  soldBy(accountId: number): Promise<SoldCourse[]> {
    return this.database.rows<SoldCourse>(SOLD_BY, [accountId]);
  }

  async unknownAccounts(ids: readonly number[]): Promise<number[]> {
    if (ids.length === 0) return [];
    const known = await this.database.rows<{ id: number }>(ACCOUNTS, [ids]);
    return ids.filter((id) => !known.some((account) => account.id === id));
  }

  async forgetOwner(accountId: number): Promise<void> {
    await this.database.execute(FORGET_OWNER, [accountId]);
  }

  private async addOwners(courseId: number, owners: readonly number[]): Promise<void> {
    const rows = owners.map((accountId) => ({ courseId, accountId }));
    if (rows.length > 0) await this.database.manager.insert(CourseOwner, rows);
  }

  private async completed(courses: readonly Course[]): Promise<CourseRecord[]> {
    if (courses.length === 0) return [];
    const ids = courses.map(({ id }) => id);
    const owners = await this.database.rows<{ courseId: number; accountId: number }>(OWNERS, [ids]);
    const enrolled = await this.database.rows<{ courseId: number; count: number }>(ENROLLED, [ids]);
    return courses.map((course) => ({
      course,
      owners: owners.filter(({ courseId }) => courseId === course.id).map(({ accountId }) => accountId),
      enrolled: enrolled.find(({ courseId }) => courseId === course.id)?.count ?? 0,
    }));
  }
}

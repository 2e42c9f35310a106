import { setTimeout as sleep } from 'node:timers/promises';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import type { LmsDeliveryResponse } from '../../src/enrollment-webhook/lms/dto/lms-delivery.response';
import type { LmsResponse } from '../../src/enrollment-webhook/lms/dto/lms.response';
import { LmsServer } from '../fakes/lms-server';
import type { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';
import { administrator, type LoggedIn } from './administrator';

export const SECRET = 'spec-lms-secret-7Qd2';
export const OPENEDX = { client_id: 'guildhall', client_secret: 'client-secret-91c7' };
export const PATIENCE_MS = 15_000;

export type Delivery = LmsDeliveryResponse;

let names = 0;

/** An app with LMSs, courses and what an administrator does with them. */
export class LmsScene {
  private readonly opened: { close(): Promise<void> | void }[] = [];
  private readonly registeredIds: number[] = [];

  private constructor(
    readonly app: TestApp,
    readonly admin: LoggedIn,
  ) {}

  static async start(clock: MovableClock): Promise<LmsScene> {
    const app = await startTestApp({ OUTBOUND_ALLOW: '127.0.0.0/8', ACCESS_TOKEN_TTL: '365d' }, { clock });
    return new LmsScene(app, await administrator(app));
  }

  /** After each test: the LMSs of one hear nothing of the next one's people. */
  async tidy(): Promise<void> {
    for (const id of this.registeredIds.splice(0)) await this.admin.call('DELETE', `/admin/lms/${id}/`);
    for (const one of this.opened.splice(0)) await one.close();
  }

  forgetLater(lmsId: number): void {
    this.registeredIds.push(lmsId);
  }

  async newCourse(owners: number[] = []): Promise<string> {
    names += 1;
    const course_id = `course-v1:Lms+Course${names}+2026`;
    await this.app.get(CourseService).create({ course_id, display_name: 'A course', owners });
    return course_id;
  }

  async lmsServer(...courses: string[]): Promise<LmsServer> {
    const server = await LmsServer.start(SECRET, ...courses);
    this.opened.push(server);
    return server;
  }

  async register(fields: object): Promise<LmsResponse> {
    names += 1;
    const answer = await this.admin.call('POST', '/admin/lms/', { name: `LMS ${names}`, secret: SECRET, ...fields });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    const lms = answer.json<LmsResponse>();
    this.forgetLater(lms.id);
    return lms;
  }

  async enrol(email: string, course_id: string): Promise<number> {
    const answer = await this.admin.call('POST', '/admin/enrollments/', { email, course_id, reason: 'x' });
    expect(answer.statusCode).toBe(201);
    return answer.json<{ id: number }>().id;
  }

  async make(enrolment: number, status: 'active' | 'ended' | 'suspended'): Promise<void> {
    const answer = await this.admin.call('PATCH', `/admin/enrollments/${enrolment}/`, { status, reason: 'x' });
    expect(answer.statusCode).toBe(200);
  }

  async deliveries({ id }: { id: number }, query = ''): Promise<Delivery[]> {
    const answer = await this.admin.call('GET', `/admin/lms/${id}/deliveries/${query}`);
    expect(answer.statusCode).toBe(200);
    return answer.json<{ results: Delivery[] }>().results;
  }

  /** The only delivery of an LMS, once it is as wanted. */
  async delivery(lms: { id: number }, wanted: (one: Delivery) => boolean): Promise<Delivery> {
    await this.app.drained();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await this.deliveries(lms);
      const [one] = found;
      if (one !== undefined && found.length === 1 && wanted(one)) return one;
      if (performance.now() > deadline) throw new Error(`Not as wanted: ${JSON.stringify(found)}`);
      await sleep(30);
    }
  }

  atRest(lms: { id: number }): Promise<Delivery> {
    return this.delivery(lms, ({ status }) => status !== 'pending');
  }

  failed(lms: { id: number }, error: RegExp): Promise<Delivery> {
    return this.delivery(lms, (one) => one.status === 'pending' && error.test(one.error ?? ''));
  }
}

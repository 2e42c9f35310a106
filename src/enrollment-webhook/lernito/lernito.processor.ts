import { Injectable } from '@nestjs/common';
import { validate } from '../../infra/http/validation.pipe';
import { DeliveryProcessor, type DeliveryOutcome } from '../../infra/webhook/inbound-call';
import { type Grant, EnrolmentService } from '../enrolment/enrolment.service';
import type { Source } from '../enrolment/enrolment.state';
import { parsePythonJson } from '../python-json/python-json';
import type { PythonJson } from '../python-json/python-json.value';
import { firstRefusal, keysToLookUp, sentCourses } from './course-ids.rules';
import { EnrolRequest } from './enrol.request';
import { noCourse } from '../enrollment-webhook.errors';

const LERNITO: Source = { kind: 'webhook', reference: 'lernito' };

/** COMPAT 1.2 from step 3 on. */
@Injectable()
export class LernitoProcessor extends DeliveryProcessor<PythonJson> {
  constructor(private readonly enrolments: EnrolmentService) {
    super();
  }

  read(body: Buffer): PythonJson {
    return parsePythonJson(body);
  }

  async process(document: PythonJson): Promise<DeliveryOutcome> {
    const { email, courseIds } = readRequest(document);
    const courses = sentCourses(courseIds);
    const view = await this.enrolments.look(email, keysToLookUp(courses), LERNITO);
    const refusal = firstRefusal(courses, new Set(view.courses.map(({ courseKey }) => courseKey)));
    if (refusal !== undefined) throw refusal;
    return outcomeOf(await this.enrolments.grant(view), courseIds.length);
  }
}

function readRequest(document: PythonJson): EnrolRequest {
  const request = validate(EnrolRequest, document);
  if (request.courseIds.length > 0) return request;
  throw noCourse();
}

/** The account decides the answer, proven or not (R23); `sent` counts duplicates. */
function outcomeOf({ learner, results, changed }: Grant, sent: number): DeliveryOutcome {
  const verified = learner.accountId === null ? 'Enrollment allowance verified' : 'User enrollment status verified';
  const courses = results.map(({ courseKey, result, enrolmentId }) => ({
    course_id: courseKey,
    result,
    enrolment_id: enrolmentId,
  }));
  return {
    status: 200,
    answer: { success: true, message: `${verified} for ${sent} course(s)` },
    effect: { account_id: learner.accountId, courses },
    changed,
  };
}

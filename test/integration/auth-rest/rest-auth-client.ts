import { RateStore } from '../../../src/infra/rate-limit/rate-store';
import { newPerson, PASSWORD } from '../../factories/person';
import type { Mail, TestApp } from '../../setup/test-app';

type Options = Parameters<TestApp['inject']>[0];
export type Answer = Awaited<ReturnType<TestApp['inject']>>;

const PREFIX = '/authenticate/rest-auth/';

export interface Person {
  readonly username: string;
  readonly email: string;
}

/** Somebody nobody else of this spec file is. */
export function somebody(): Person {
  const { username, email } = newPerson();
  return { username, email };
}

/** memboro's account routes as its front end calls them. */
export class RestAuthClient {
  constructor(private readonly testApp: TestApp) {}

  post(path: string, payload?: object, options: Options = {}): Promise<Answer> {
    return this.testApp.inject({ method: 'POST', url: PREFIX + path, payload, ...options });
  }

  get(path: string, options: Options = {}): Promise<Answer> {
    return this.testApp.inject({ method: 'GET', url: PREFIX + path, ...options });
  }

  request(method: 'PUT' | 'PATCH' | 'DELETE', path: string, payload: object, key: string): Promise<Answer> {
    return this.testApp.inject({ method, url: PREFIX + path, payload, headers: keyHeader(key) });
  }

  register(person: Person, more: object = {}): Promise<Answer> {
    return this.post('registration/', { ...person, password1: PASSWORD, password2: PASSWORD, ...more });
  }

  login(who: object, password = PASSWORD, address = '127.0.0.1'): Promise<Answer> {
    return this.post('login/', { ...who, password }, { remoteAddress: address });
  }

  /** What `user/` answers to this key: 200 while it lives. */
  async statusOf(key: string): Promise<number> {
    return (await this.get('user/', { headers: keyHeader(key) })).statusCode;
  }

  /** Registered and proven by the link; gives a login key. */
  async member(person: Person = somebody()): Promise<Person & { key: string; userId: number }> {
    await this.register(person);
    await this.post('registration/verify-email/', { key: (await this.verificationMail(person)).key });
    const { key, user_id } = (await this.login({ email: person.email })).json<{ key: string; user_id: number }>();
    return { ...person, key, userId: user_id };
  }

  async verificationMail({ email }: Person): Promise<{ key: string; code: string; link: string }> {
    const mail = (await this.mails(email)).findLast(({ subject }) => subject === 'Confirm your e-mail address');
    if (!mail) throw new Error(`no verification mail to ${email}`);
    const link = firstLink(mail.text);
    return { link, key: link.split('/').at(-2)!, code: /\b\d{6}\b/.exec(mail.text)![0] };
  }

  async resetMail({ email }: Person): Promise<{ uid: string; token: string; link: string }> {
    const mail = (await this.mails(email)).findLast(({ subject }) => subject === 'Choose a new password');
    if (!mail) throw new Error(`no reset mail to ${email}`);
    const link = firstLink(mail.text);
    const [uid, token] = link.split('/').slice(-3);
    return { link, uid: uid!, token: token! };
  }

  async subjects(email: string): Promise<string[]> {
    return (await this.mails(email)).map(({ subject }) => subject);
  }

  mails(email: string): Promise<Mail[]> {
    return this.testApp.mails(email);
  }
}

export function keyHeader(key: string): Record<string, string> {
  return { authorization: `Token ${key}` };
}

function firstLink(text: string): string {
  return /https?:\/\/\S+/.exec(text)![0];
}

/** No pause between guesses runs out while a test makes them. */
export function holdPauses(app: TestApp): void {
  Object.assign(app.get(RateStore), { now: () => 0 });
}

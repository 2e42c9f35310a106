import { letter, type Paragraph } from '../../infra/mail/letter';
import type { MailMessage } from '../../infra/mail/mail-message';
import { inOneLine } from '../kind/wording.rules';

export interface MailLinks {
  /** Where the bell is seen. */
  readonly home: string;
  /** Undefined: nobody may be spared this. */
  readonly unsubscribe?: string;
}

const LONGEST_SUBJECT = 150;

/** One notification, in one sentence. */
export function noticeMail(to: string, sentence: string, links: MailLinks): MailMessage {
  const warning = 'If it was not you, change your password at once: that signs out all other devices.';
  return mail(to, subjectOf(sentence), [sentence, ...(links.unsubscribe === undefined ? [warning] : [])], links);
}

/** What came in a day, newest first; `more` besides. */
export function digestMail(to: string, sentences: readonly string[], more: boolean, links: MailLinks): MailMessage {
  const count = more ? `more than ${sentences.length}` : String(sentences.length);
  const subject = sentences.length === 1 && !more ? subjectOf(sentences[0] ?? '') : `You have ${count} notifications`;
  const rest = more ? ['There are more of them in your list.'] : [];
  return mail(to, subject, ['What has happened since the last time:', ...sentences, ...rest], links);
}

function mail(to: string, subject: string, words: readonly string[], { home, unsubscribe }: MailLinks): MailMessage {
  const paragraphs: Paragraph[] = ['Hello,', ...words, { link: home, label: 'Open Guildhall' }];
  if (unsubscribe === undefined) return letter(to, subject, paragraphs);
  paragraphs.push('No more mails like this one:', { link: unsubscribe, label: 'Unsubscribe' });
  // RFC 8058: the mail program itself posts there, without asking anybody to log in.
  const headers = { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { ...letter(to, subject, paragraphs), headers };
}

/** Names and titles stand in it: one line, and not too long a one. */
function subjectOf(sentence: string): string {
  const line = inOneLine(sentence).replace(/\.$/, '');
  return [...line].length > LONGEST_SUBJECT ? `${[...line].slice(0, LONGEST_SUBJECT - 1).join('')}…` : line;
}

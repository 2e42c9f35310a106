import { digestMail, noticeMail } from './notification.mails';

const LINKS = { home: 'https://guildhall.example', unsubscribe: 'https://guildhall.example/unsubscribe/t/' };

it('says one thing in one sentence, and how to have no more of it', () => {
  const mail = noticeMail('ada@example.org', 'zoe tipped you INR 348.00.', LINKS);
  expect(mail).toMatchObject({ to: 'ada@example.org', subject: 'zoe tipped you INR 348.00' });
  expect(mail.headers).toEqual({
    'List-Unsubscribe': '<https://guildhall.example/unsubscribe/t/>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(mail.text.match(/https:\S+/g)).toEqual(['https://guildhall.example', LINKS.unsubscribe]);
  expect(mail.html).toContain('<p>zoe tipped you INR 348.00.</p>');
});

it('has no way to have no more security notices', () => {
  const mail = noticeMail('ada@example.org', 'Your password was changed.', { home: LINKS.home });
  expect(mail.headers).toBeUndefined();
  expect(mail.text).toContain('change your password at once');
});

it('keeps what others wrote out of the headers and the markup', () => {
  const mail = noticeMail('ada@example.org', `zoe liked “a\r\nBcc: x@example.org\u2028<b>${'x'.repeat(300)}”.`, LINKS);
  expect(mail.subject).toMatch(/^zoe liked “a Bcc: x@example\.org <b>x+…$/);
  expect([...mail.subject].length).toBe(150);
  expect(mail.html).not.toContain('<b>');
});

it('says what came in a day', () => {
  const two = digestMail('ada@example.org', ['One.', 'Two.'], false, LINKS);
  expect([two.subject, two.text.includes('One.\n\nTwo.')]).toEqual(['You have 2 notifications', true]);
  expect(digestMail('ada@example.org', ['One.'], false, LINKS).subject).toBe('One');
  const many = digestMail('ada@example.org', ['One.', 'Two.'], true, LINKS);
  expect([many.subject, many.text.includes('There are more')]).toEqual(['You have more than 2 notifications', true]);
});

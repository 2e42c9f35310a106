import { letter } from './letter';

describe('letter', () => {
  const mail = letter('zoe@example.org', 'Tom & "Jerry"', [
    'Fish & <chips>',
    { code: '012345' },
    { link: 'https://guildhall.example/a?b=1&c="2"', label: 'Go <there>' },
  ]);

  it('has its words as text, the link alone on its line', () => {
    expect(mail.to).toBe('zoe@example.org');
    expect(mail.subject).toBe('Tom & "Jerry"');
    expect(mail.text).toBe('Fish & <chips>\n\n012345\n\nhttps://guildhall.example/a?b=1&c="2"\n');
  });

  it('has the same as HTML, in which nothing of it is markup', () => {
    expect(mail.html).toContain('<title>Tom &amp; &quot;Jerry&quot;</title>');
    expect(mail.html).toContain('<p>Fish &amp; &lt;chips&gt;</p>');
    expect(mail.html).toContain('<p><b>012345</b></p>');
    expect(mail.html).toContain('<a href="https://guildhall.example/a?b=1&amp;c=&quot;2&quot;">Go &lt;there&gt;</a>');
  });
});

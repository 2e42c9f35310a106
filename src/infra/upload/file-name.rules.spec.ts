import { contentDisposition, fileName } from './file-name.rules';

describe('the name of a file', () => {
  it.each([
    ['cover.png', 'cover.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\cover.png', 'cover.png'],
    ['a\u0000b\r\nc\u001b[31m.png', 'abc[31m.png'],
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['  चित्र.png ', 'चित्र.png'],
    ['👩‍🚀.png', '👩‍🚀.png'],
    ['', 'file'],
    [undefined, 'file'],
    ['..', 'file'],
    ['a/', 'file'],
    ['\u0007', 'file'],
  ])('%j is %j', (given, name) => expect(fileName(given)).toBe(name));

  it('has at most 255 characters, none of them cut in two', () => {
    expect([...fileName('💾'.repeat(300))]).toHaveLength(255);
  });
});

describe('the header of a download', () => {
  it('says the name twice, for old and for new clients', () => {
    expect(contentDisposition('attachment', `a"b\\c;é'(1).pdf`)).toBe(
      `attachment; filename="a_b_c;_'(1).pdf"; filename*=UTF-8''a%22b%5Cc%3B%C3%A9%27%281%29.pdf`,
    );
  });

  it('is ASCII, whatever the name', () => {
    expect(contentDisposition('inline', '👩‍🚀 ता.png')).toMatch(/^[\x20-\x7e]+$/);
  });
});
